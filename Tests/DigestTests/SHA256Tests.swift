import Testing

@testable import Digest

@Suite("SHA-256")
struct SHA256Tests {
  /// NIST's examples for FIPS 180-4 and the empty message.
  static let vectors: [(message: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]

  @Test func `gives the standard's digests`() {
    for vector in Self.vectors { #expect(SHA256.hexadecimal(of: vector.message.utf8) == vector.digest) }
  }

  @Test func `digests a million letters a`() {
    let letters = [UInt8](repeating: 0x61, count: 1_000_000)
    #expect(SHA256.hexadecimal(of: letters) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `does not care how the message is cut`() {
    let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let whole = SHA256.hexadecimal(of: message)
    for step in [1, 3, 55, 56, 63, 64, 65, 128, 299] {
      var digest = SHA256()
      for start in stride(from: 0, to: message.count, by: step) {
        digest.update(Array(message[start..<min(start + step, message.count)]))
      }
      #expect(digest.finish().hexadecimal == whole, "pieces of \(step) bytes")
    }
  }

  @Test func `pads every length around a block's end`() {
    // Digests of n zero bytes, from another implementation.
    let known = [
      55: "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7",
      56: "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb",
      64: "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b",
      65: "98ce42deef51d40269d542f5314bef2c7468d401ad5d85168bfab4c0108f75f7",
    ]
    for (count, digest) in known { #expect(SHA256.hexadecimal(of: [UInt8](repeating: 0, count: count)) == digest) }
  }

  @Test func `continues a copy on its own`() {
    var first = SHA256()
    first.update(Array("ab".utf8))
    var second = first
    first.update(Array("c".utf8))
    second.update(Array("d".utf8))
    #expect(first.finish().hexadecimal == Self.vectors[1].digest)
    #expect(second.finish().hexadecimal == SHA256.hexadecimal(of: "abd".utf8))
  }
}

import Glibc
import Testing

@testable import WASI

/// Random links and paths in a folder called `/`, beside what the kernel makes of them in a process whose root is that folder.
@Suite("Links as in a root of the kernel's")
struct RootModelTests {
  /// openat2(2) with RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS: the inode behind a path, or what is wrong with it.
  private static func model(_ root: Int32, _ path: String) -> Result<UInt64, Errno> {
    let how: [UInt64] = [UInt64(O_PATH | O_CLOEXEC), 0, 0x10 | 0x02]
    let file = path.withCString { path in
      how.withUnsafeBytes { systemCall(437, Int(root), Int(bitPattern: path), Int(bitPattern: $0.baseAddress), $0.count, 0) }
    }
    guard file >= 0 else { return .failure(.last) }
    defer { close(Int32(file)) }
    var status = stat()
    return fstat(Int32(file), &status) == 0 ? .success(UInt64(status.st_ino)) : .failure(.last)
  }

  static let isThere: Bool = {
    let root = open("/", O_PATH | O_CLOEXEC)
    defer { close(root) }
    return model(root, ".").errno == .success
  }()

  /// Components from few names, so that many paths lead somewhere.
  private func path(_ source: inout some RandomNumberGenerator, isAbsolute: Bool) -> String {
    let names = ["a", "b", "c", "d", "..", ".", ""]
    let components = (0..<Int.random(in: 1...4, using: &source)).map { _ in names.randomElement(using: &source)! }
    return (isAbsolute ? "/" : "") + components.joined(separator: "/")
  }

  private func plant(_ guest: TestGuest, _ source: inout some RandomNumberGenerator) throws {
    let folders = ["", "/a", "/b", "/a/b", "/b/a"]
    // All of them before any link, which would lead the host elsewhere.
    for folder in folders { mkdir(guest.inside + folder, 0o755) }
    for folder in folders {
      for name in ["a", "b", "c", "d"] {
        let content = path(&source, isAbsolute: Bool.random(using: &source))
        if Bool.random(using: &source) { symlink(content, guest.inside + folder + "/" + name) }
      }
      try TestGuest.write(folder, to: guest.inside + folder + "/file")
      symlink("file", guest.inside + folder + "/d")
    }
  }

  /// The kernel asks to try `..` again whenever anybody renames anything meanwhile.
  private func settled(_ attempt: () -> Result<UInt64, Errno>) -> Result<UInt64, Errno> {
    while true {
      let result = attempt()
      if result.errno != .again { return result }
    }
  }

  @Test(.enabled(if: isThere, "the kernel has no openat2"), arguments: SandboxTests.resolvers)
  func `lead to the same file, or are refused for what leads above the folder`(walks: Bool) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var source = Numbers(state: seed)
      let guest = try TestGuest(walks: walks, name: "/")
      try plant(guest, &source)
      let root = open(guest.inside, O_PATH | O_CLOEXEC)
      defer { close(root) }
      for _ in 0..<200 {
        let path = path(&source, isAbsolute: false)
        if path.isEmpty || path.hasPrefix("/") { continue }
        let found = settled { guest.stat(path, follow: true).map(\.inode) }
        if found.errno == .perm { continue }
        let expected = settled { Self.model(root, path) }
        #expect(found == expected, "\(path) with seed \(seed)")
        let times = settled { () -> Result<UInt64, Errno> in
          let error = guest.setTimes(path, follow: true)
          return error == .success ? expected : .failure(error)
        }
        #expect(times == expected, "\(path) with seed \(seed)")
      }
    }
  }

  /// The same numbers every time (splitmix64).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var number = state
      number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
      number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
      return number ^ (number >> 31)
    }
  }
}

import Testing

@testable import OCI

@Suite("Image names")
struct ImageReferenceTests {
  @Test(arguments: [
    ("harness.local/hello:1", "harness.local/hello:1"),
    ("hello", "docker.io/library/hello:latest"),
    ("hello:2", "docker.io/library/hello:2"),
    ("somebody/hello", "docker.io/somebody/hello:latest"),
    ("docker.io/hello:a", "docker.io/library/hello:a"),
    ("localhost/hello:1", "localhost/hello:1"),
    ("localhost:5000/a/b-c/d__e.f:v1.0_x", "localhost:5000/a/b-c/d__e.f:v1.0_x"),
    ("127.0.0.1:5000/a", "127.0.0.1:5000/a:latest"),
    ("Registry.Example/a---b:\(String(repeating: "t", count: 128))", "Registry.Example/a---b:\(String(repeating: "t", count: 128))"),
  ])
  func `are read as other clients read them`(text: String, whole: String) throws {
    #expect(try ImageReference(reading: text).description == whole)
  }

  @Test(arguments: [
    ("", "\"\" must be of lower-case letters"),
    ("Hello:1", "\"Hello\" must be of lower-case letters"),
    ("a/:1", "\"\" must be of lower-case letters"),
    ("a//b", "\"\" must be of lower-case letters"),
    ("a/b___c", "\"b___c\" must be"),
    ("a/b..c", "\"b..c\" must be"),
    ("a/-b", "\"-b\" must be"),
    ("a/b.", "\"b.\" must be"),
    ("a/b c", "\"b c\" must be"),
    ("a/ü", "\"ü\" must be"),
    ("a/b:", "the tag \"\" must be"),
    ("a/b:.1", "the tag \".1\" must be"),
    ("a/b:1/2", "\"b:1\" must be"),
    ("a/b:\(String(repeating: "t", count: 129))", "at most 128"),
    ("-a.b/c", "\"-a.b\" is no host name"),
    ("a.b:/c", "\"a.b:\" is no host name"),
    ("a..b/c", "\"a..b\" is no host name"),
    ("a.b:x/c", "\"a.b:x\" is no host name"),
    ("a/b@sha256:\(String(repeating: "a", count: 64))", "a digest cannot be chosen"),
    ("a/\(String(repeating: "b", count: 255))", "longer than 255 bytes"),
  ])
  func `that are none are refused with the part that is wrong`(text: String, reason: String) {
    #expect { try ImageReference(reading: text) } throws: { error in
      "\(error)".hasPrefix("\"\(text)\" is no image name: ") && "\(error)".contains(reason)
    }
  }
}

@Suite("Platforms")
struct PlatformTests {
  @Test func `are read by their names`() throws {
    for platform in Platform.known { #expect(try Platform(reading: platform.description) == platform) }
    #expect(Set(Platform.known.map(\.description)) == ["wasi/wasm", "wasi/wasm32", "linux/amd64"])
  }

  @Test(arguments: ["", "wasi", "wasm/wasi", "linux/arm64", "linux/amd64/v3", " linux/amd64"])
  func `that we build nothing for are refused with those we do`(text: String) {
    #expect { try Platform(reading: text) } throws: { "\($0)".hasSuffix("take wasi/wasm, wasi/wasm32, linux/amd64") }
  }
}

import Containers
import Glibc
import TestSupport
import Testing

struct ProcessTitleTests {
  @Test func `a process shows the words and the environment it was given, and nothing of the old ones`() {
    let shown = Child.text {
      ProcessTitle.set(arguments: ["/app/serve.wasm#run", "", "a b"], environment: ["A=1", "B=zwei"])
      return ["cmdline", "environ", "comm"].map { Self.contents("/proc/self/" + $0) }.joined(separator: "|")
    }
    #expect(shown == "/app/serve.wasm#run\0\0a b\0|A=1\0B=zwei\0|serve.wasm\n")
  }

  @Test func `a name longer than the kernel keeps is cut off`() {
    let name = Child.text {
      ProcessTitle.set(arguments: ["a-module-with-a-long-name.wasm"], environment: [])
      return Self.contents("/proc/self/comm")
    }
    #expect(name == "a-module-with-a\n")
  }

  private static func contents(_ path: String) -> String {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

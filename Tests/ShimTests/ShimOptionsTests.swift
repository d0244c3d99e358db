import Testing

@testable import Shim

@Suite("Words on the shim's command line")
struct ShimOptionsTests {
  private func error(_ words: String...) -> String? {
    do throws(ShimOptions.UsageError) { _ = try ShimOptions(words) } catch { return error.description }
    return nil
  }

  @Test func `takes what containerd says`() throws {
    let options = try ShimOptions([
      "-namespace", "k8s.io", "-address", "/run/containerd/containerd.sock", "-publish-binary", "/usr/bin/containerd", "-id", "c1",
      "-debug", "start",
    ])
    #expect(options.namespace == "k8s.io")
    #expect(options.address == "/run/containerd/containerd.sock")
    #expect(options.publishBinary == "/usr/bin/containerd")
    #expect(options.id == "c1")
    #expect(options.isDebugging)
    #expect(options.verb == "start")
    let delete = try ShimOptions(["-id", "c1", "-bundle", "/b", "delete"])
    #expect(delete.bundle == "/b")
    #expect(delete.verb == "delete")
    #expect(!delete.isDebugging)
  }

  @Test(arguments: [["-id", "v"], ["--id", "v"], ["-id=v"], ["--id=v"]])
  func `takes values in every form that Go has`(words: [String]) throws {
    let options = try ShimOptions(words + ["start"])
    #expect(options.id == "v")
    #expect(options.verb == "start")
  }

  @Test func `a value may look like anything`() throws {
    #expect(try ShimOptions(["-id", "-debug", "start"]).id == "-debug")
    #expect(try ShimOptions(["-id=a=b", "start"]).id == "a=b")
    #expect(try ShimOptions(["-id=", "start"]).id == "")
    #expect(try ShimOptions(["-id", "", "start"]).verb == "start")
    #expect(try ShimOptions(["-id", "one", "-id", "two"]).id == "two")
    // containerd passes it on; nothing here needs it.
    #expect(try ShimOptions(["-socket", "/s", "start"]).verb == "start")
  }

  @Test func `flags without values stand alone`() throws {
    for word in ["-v", "--v", "-version"] { #expect(try ShimOptions([word]).showsVersion, "\(word)") }
    for word in ["-h", "-help", "--help"] { #expect(try ShimOptions([word]).showsHelp, "\(word)") }
    let information = try ShimOptions(["-info"])
    #expect(information.showsInformation && information.namespace.isEmpty && information.verb.isEmpty)
    #expect(try !ShimOptions(["-debug=false"]).isDebugging)
    #expect(try ShimOptions(["-debug=true"]).isDebugging)
    #expect(try ShimOptions([]).verb == "")
  }

  @Test func `names the word it does not know`() {
    #expect(error("-nmespace", "x") == "unknown flag -nmespace")
    #expect(error("--frob=1", "start") == "unknown flag --frob=1")
    #expect(error("-") == nil, "a dash alone is no flag")
    #expect(error("---id", "x")?.contains("---id") == true)
    #expect(error("start", "-id", "x") == "nothing may follow 'start'")
  }

  @Test(arguments: ["-namespace", "-address", "-publish-binary", "-id", "-bundle", "--id"])
  func `names the flag whose value is missing`(flag: String) { #expect(error(flag) == "\(flag) needs a value") }

  @Test func `the program's name says what it hosts`() {
    #expect(Flavour(program: "/usr/local/bin/containerd-shim-wvm-v1") == .wvm)
    #expect(Flavour(program: "containerd-shim-wasmtime-v1") == .wasmtime)
    #expect(Flavour(program: "./containerd-shim-wasmedge-v1") == .wasmedge)
    #expect(Flavour(program: "/a-b-c/containerd-shim-spin-v2") == .spin)
    #expect(Flavour(program: "/opt/containerd-shim-slight-v1") == .slight)
    for other in ["", "/", "shim", "containerd-shim", "containerd-shim-nothing-v1", "/x-y-wasmtime/shim"] {
      #expect(Flavour(program: other) == .wvm, "\(other)")
    }
    #expect(Flavour.wvm.refusal == nil)
    for flavour in [Flavour.wasmtime, .wasmedge, .spin, .slight] {
      let refusal = flavour.refusal ?? ""
      #expect(refusal.hasPrefix("error: containerd-shim-\(flavour)-v1: ") && refusal.contains("io.containerd.wvm.v1"), "\(refusal)")
      #expect(!refusal.contains("\n"))
    }
  }
}

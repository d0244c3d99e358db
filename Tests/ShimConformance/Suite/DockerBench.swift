import Foundation

/// One shim under Docker: what a behaviour is tried on.
final class DockerBench: TestSubject {
  let runtime: Runtime
  let settings: Settings
  let guests: Guests
  let testbed: DockerTestbed
  private var baseline: Set<String> = []
  private var names = 0

  init(runtime: Runtime, settings: Settings, guests: Guests, testbed: DockerTestbed) {
    self.runtime = runtime
    self.settings = settings
    self.guests = guests
    self.testbed = testbed
  }

  func setUp() throws {
    if runtime.kind == .wasm, let reason = guests.reasonWithoutModules { throw Skipped(reason) }
    if runtime.folder != nil {
      try testbed.put(runtime.executable())
    } else if try docker(["run", "--rm"] + options + [image, program, "say", "hello"]).errors.contains("not found") {
      // Not installed inside; perhaps outside.
      try testbed.put(runtime.executable())
    }
    baseline = try testbed.inventory()
  }

  func leftovers(limit: Double) -> [String] {
    var left: Set<String> = []
    _ = Clock.waits(limit) {
      left = ((try? testbed.inventory()) ?? []).subtracting(baseline)
      return left.isEmpty
    }
    return left.sorted()
  }

  func clear() {
    let names = ((try? docker(["ps", "--all", "--quiet"]))?.output ?? "").split(separator: "\n").map(String.init)
    if !names.isEmpty { _ = try? docker(["rm", "--force"] + names, limit: 60) }
    // What cannot be removed is there before the next behaviour, and no fault of it.
    _ = leftovers(limit: 5)
    baseline = (try? testbed.inventory()) ?? baseline
  }

  func tearDown() { clear() }

  var image: String { runtime.kind == .wasm ? Guests.wasmReference : Guests.reference }
  var program: String { runtime.kind.program }
  var options: [String] {
    (runtime.name == "io.containerd.runc.v2" ? [] : ["--runtime", runtime.name])
      + ["--platform", runtime.kind == .wasm ? "wasi/wasm32" : "linux/amd64", "--entrypoint", program]
  }

  func newName(_ word: String) -> String {
    names += 1
    return "conformance-\(word)-\(getpid())-\(names)"
  }

  func words(_ docker: [String]) -> [String] { testbed.words(["docker"] + docker) }

  @discardableResult
  func docker(_ words: [String], input: Program.Input = .none, limit: Double = 40) throws -> Finished {
    try Program.run(self.words(words), input: input, limit: limit)
  }

  /// The words that run a guest.
  func runWords(_ guest: [String], options more: [String] = []) -> [String] { ["run"] + options + more + [image] + guest }

  /// Runs a guest to its end and removes it.
  func run(_ guest: [String], options more: [String] = [], input: Program.Input = .none) throws -> Finished {
    try docker(runWords(guest, options: ["--rm"] + more), input: input)
  }

  /// Starts a guest and waits until it is ready.
  /// - Returns: the container's name.
  func start(_ guest: [String], options more: [String] = [], readyWord: String = "ready") throws -> String {
    let name = newName("guest")
    try docker(runWords(guest, options: ["--detach", "--name", name] + more)).succeeded()
    let isReady = try Clock.waits(10) { try docker(["logs", name]).output.contains(readyWord) }
    guard isReady else { throw Failed("the guest did not get ready: \(try docker(["logs", name]).lastLine)") }
    return name
  }

  /// What `docker inspect` says about a container, by a template.
  func inspect(_ name: String, _ template: String) throws -> String {
    try docker(["inspect", "--format", template, name]).succeeded().output.trimmed
  }

  func remove(_ name: String) throws { try docker(["rm", "--force", name]).succeeded() }
}

import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// Bad jobs get one clear line and an exit code.
@Suite struct JobFileTests {
  private static func good() -> Job {
    Job(
      run: "r-1", scenario: "s", seed: 1, workloads: [Workload(name: "w", native: "/bin/true", arms: ["native"])], runtimes: [.native],
      blocks: [BlockRequest(workload: "w", index: 0)], scratch: "/tmp/nowhere")
  }

  private func refusal(_ data: Data) throws -> (status: Int32, errors: String) {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try data.write(to: URL(fileURLWithPath: scratch.path("job.json")))
    let outcome = try Command(Product.path("harness-worker"), ["job.json"], in: scratch.folder).run()
    #expect(outcome.output.isEmpty)
    return (outcome.status, outcome.errors)
  }

  @Test func refusesWhatIsNoJob() throws {
    for (text, reason) in [
      ("", "error: job.json: not JSON"), ("{", "error: job.json: not JSON"), ("[]", "error: job.json: "),
      ("{}", "error: job.json: `version` is missing in the top level"),
      ("{\"version\":1}", "error: job.json: job version 1, this worker reads version 3"),
      ("{\"version\":3,\"run\":\"r\"}", "error: job.json: `scenario` is missing in the top level"),
      (
        "{\"version\":3,\"run\":\"r\",\"scenario\":\"s\",\"seed\":1,\"attempt\":0,\"workloads\":[{\"name\":7}]}",
        "error: job.json: workloads[0].name: "
      ),
    ] {
      let (status, errors) = try refusal(Data(text.utf8))
      #expect(status == 65)
      #expect(errors.hasPrefix(reason), "\(errors)")
      #expect(errors.split(separator: "\n").count == 1, "\(errors)")
    }
  }

  @Test func refusesACutJobWhereverItIsCut() throws {
    let whole = try JSONEncoder().encode(Self.good())
    for length in stride(from: 0, to: whole.count, by: 97) {
      let scratch = try Scratch()
      defer { scratch.remove() }
      let path = scratch.path("job.json")
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      #expect(throws: WorkerError.self) { try JobFile.read(path) }
    }
  }

  @Test func saysWhatDoesNotFitTogether() {
    func fault(_ change: (inout Job) -> Void) -> String? {
      var job = Self.good()
      change(&job)
      return JobFile.fault(in: job)
    }
    #expect(fault { _ in } == nil)
    #expect(fault { $0.run = "a/b" }?.hasPrefix("run `a/b`") == true)
    #expect(fault { $0.timeLimit = 0 }?.hasPrefix("timeLimit") == true)
    #expect(fault { $0.scratch = "here" }?.hasPrefix("scratch") == true)
    #expect(fault { $0.workloads[0].arms = ["jit"] } == "workload `w`: arm `jit` is not among the runtimes")
    #expect(fault { $0.blocks[0].workload = "x" } == "block 0: workload `x` is not among the workloads")
    #expect(fault { $0.runtimes.append(.native) } == "runtime `native` is described twice")
    let unprepared = "runtime `native`: a bare process is prepared by a command that begins with an absolute path and has {prepared}"
    #expect(fault { $0.runtimes[0].prepareCommand = ["/bin/cp", "{native}", "{prepared}"] } == nil)
    #expect(fault { $0.runtimes[0].prepareCommand = [] } == unprepared)
    #expect(fault { $0.runtimes[0].prepareCommand = ["cp", "{prepared}"] } == unprepared)
    #expect(fault { $0.runtimes[0].prepareCommand = ["/bin/true"] } == unprepared)
    #expect(fault { $0.runtimes[0].command = ["/bin/true", "{prepared}"] } == "runtime `native`: {prepared} without a prepareCommand")
    #expect(
      fault { $0.runtimes[0].annotations = ["a": "b"] }
        == "runtime `native`: annotations on the path process, which has no containerd")
    #expect(fault { $0.runtimes[0].command = ["wvm"] } == "runtime `native`: the command's first word must be an absolute path")
  }

  @Test func refusesAScratchFolderWithSomebodysFiles() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data("precious".utf8).write(to: URL(fileURLWithPath: scratch.path("file")))
    var job = Self.good()
    job.scratch = scratch.folder
    let (status, errors) = try refusal(try JSONEncoder().encode(job))
    #expect(status == 65)
    #expect(errors.contains("not empty"))
    #expect(FileManager.default.fileExists(atPath: scratch.path("file")))
  }

  @Test func saysHowItIsUsed() throws {
    let worker = Product.path("harness-worker")
    #expect(try Command(worker, []).run().status == 64)
    #expect(try Command(worker, ["--frob"]).run().status == 64)
    #expect(try Command(worker, ["/nowhere.json"]).run().status == 66)
    let help = try Command(worker, ["--help"]).run()
    #expect(help.status == 0)
    #expect(help.output.hasPrefix("usage: harness-worker JOB.json"))
    let scratch = try Scratch()
    defer { scratch.remove() }
    try JSONEncoder().encode(Self.good()).write(to: URL(fileURLWithPath: scratch.path("job.json")))
    #expect(try Command(worker, ["--launcher", "/nowhere", scratch.path("job.json")]).run().status == 69)
  }
}

import FoundationEssentials
import Observations

/// Reads a job file and refuses one that cannot be worked on.
public enum JobFile {
  /// - Throws: `WorkerError` with exit code 65 (66 where the file cannot be read), saying what is wrong and where.
  public static func read(_ path: String) throws -> Job {
    let data: Data
    do { data = try Data(contentsOf: URL(filePath: path)) } catch {
      throw WorkerError("\(path): cannot be read; give the path of a job file", exitCode: 66)
    }
    let job: Job
    do {
      // The version first: another version's fields mean nothing here.
      struct Version: Decodable { var version: Int }
      let version = try JSONDecoder().decode(Version.self, from: data).version
      guard version == Job.currentVersion else {
        throw WorkerError.badData(
          "\(path): job version \(version), this worker reads version \(Job.currentVersion); use the worker beside the coordinator")
      }
      job = try JSONDecoder().decode(Job.self, from: data)
    } catch let error as DecodingError {
      throw WorkerError.badData("\(path): \(explain(error))")
    }
    if let fault = fault(in: job) { throw WorkerError.badData("\(path): \(fault)") }
    return job
  }

  /// One line about what does not fit.
  private static func explain(_ error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty
        ? "the top level"
        : path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop { $0 == "." }.description
    }
    switch error {
    case .keyNotFound(let key, let context): return "`\(key.stringValue)` is missing in \(place(context.codingPath))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context.codingPath)): \(firstLine(context.debugDescription))"
    case .dataCorrupted(let context):
      let reason = (context.underlyingError.map { "\($0)" } ?? context.debugDescription)
      return context.codingPath.isEmpty
        ? "not JSON: \(firstLine(reason))" : "\(place(context.codingPath)): \(firstLine(context.debugDescription))"
    @unknown default: return firstLine("\(error)")
    }
  }

  private static func firstLine(_ text: String) -> String { String(text.prefix { $0 != "\n" }) }

  /// What is wrong with a job that decodes, or nil.
  static func fault(in job: Job) -> String? {
    let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
    guard let first = job.run.first, let last = job.run.last, first != "-", last != "-", job.run.count <= 60,
      job.run.allSatisfy(letters.contains)
    else { return "run `\(job.run)`: 1 to 60 letters, digits and inner `-`" }
    guard job.timeLimit > 0, job.timeLimit <= 86_400 else { return "timeLimit \(job.timeLimit): seconds, more than 0 and at most 86400" }
    guard job.scratch.hasPrefix("/") else { return "scratch `\(job.scratch)`: an absolute path" }
    guard job.seed < 1 << 53 else { return "seed \(job.seed): at most 53 bits" }
    var runtimes: Set<String> = []
    for runtime in job.runtimes {
      guard runtimes.insert(runtime.name).inserted else { return "runtime `\(runtime.name)` is described twice" }
      if runtime.path == .process {
        guard let program = runtime.command.first, program.hasPrefix("/") || program == "{native}" || program == "{module}" else {
          return "runtime `\(runtime.name)`: the command's first word must be an absolute path"
        }
      }
      if let words = runtime.prepareCommand {
        guard runtime.path == .process, words.first?.hasPrefix("/") == true, words.contains(where: { $0.contains("{prepared}") }) else {
          return "runtime `\(runtime.name)`: a bare process is prepared by a command that begins with an absolute path and has {prepared}"
        }
      } else if runtime.command.contains(where: { $0.contains("{prepared}") }) {
        return "runtime `\(runtime.name)`: {prepared} without a prepareCommand"
      }
      guard runtime.annotations == nil || runtime.path.needsContainerd else {
        return "runtime `\(runtime.name)`: annotations on the path \(runtime.path.rawValue), which has no containerd"
      }
    }
    if let lanes = job.parallel {
      guard lanes > 0, lanes <= 1024 else { return "parallel \(lanes): from 1 to 1024 blocks at a time" }
      guard job.workloads.allSatisfy({ $0.test != nil }), job.runtimes.allSatisfy({ $0.path == .process }) else {
        return "parallel \(lanes): only tests in bare processes run side by side; whatever is timed runs alone"
      }
    }
    var workloads: Set<String> = []
    for workload in job.workloads {
      guard workloads.insert(workload.name).inserted else { return "workload `\(workload.name)` is described twice" }
      guard !workload.arms.isEmpty else { return "workload `\(workload.name)` has no arms" }
      guard Set(workload.arms).count == workload.arms.count else { return "workload `\(workload.name)` names an arm twice" }
      if let load = workload.load, !Load.rateRange.contains(load.rate) || !Load.taskRange.contains(load.tasks) {
        return "workload `\(workload.name)`: a load of \(load.tasks) tasks at \(load.rate) a second is beyond its bounds"
      }
      for arm in workload.arms where !runtimes.contains(arm) {
        return "workload `\(workload.name)`: arm `\(arm)` is not among the runtimes"
      }
    }
    for block in job.blocks where !workloads.contains(block.workload) {
      return "block \(block.index): workload `\(block.workload)` is not among the workloads"
    }
    return nil
  }
}

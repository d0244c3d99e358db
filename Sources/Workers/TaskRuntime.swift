import ContainerdClient
import FoundationEssentials
import Observations

/// containerd, a shim and whatever that starts, without a client program: the trial's container is there already, and what is measured is
/// its task over containerd's own interface.
final class TaskRuntime: RuntimeAdapter {
  let runtime: RuntimeDescription
  private let engine: () throws -> PrivateContainerd
  private var containerd: PrivateContainerd?
  private var images: [String: GuestImage] = [:]
  /// Those of the trial that runs.
  private var prepared: PreparedContainers?
  /// Whether all its tasks came to their end and were deleted.
  private var hasDeleted = false

  /// - Parameter engine: gives the run's containerd, starting it at the first call.
  init(_ runtime: RuntimeDescription, engine: @escaping () throws -> PrivateContainerd) {
    self.runtime = runtime
    self.engine = engine
  }

  func check() throws(RuntimeUnavailable) {
    try ContainerPrograms.check(runtime)
    containerd = try ContainerPrograms.started(engine)
  }

  func prepare(_ workload: Workload) throws { images[workload.name] = try containerd?.image(of: workload, runtime.program) }

  func group() -> TrialGroup? {
    containerd?.settle()
    return containerd?.group
  }

  func measure(_ trial: TrialPlace, _ conditions: TrialConditions) throws -> Measurement {
    guard let containerd, let image = images[trial.workload.name] else {
      throw LaunchRefused(reason: "no image for \(trial.workload.name)")
    }
    let workload = trial.workload
    let count = workload.density ?? workload.churn?.tasks ?? workload.load?.tasks ?? 1
    let input = workload.density != nil ? [] : workload.input.map { Array($0.utf8) }
    let prepared: PreparedContainers
    do {
      prepared = try PreparedContainers(
        count, of: image, in: trial, runtime, input: input, limit: conditions.outputLimit, containerd)
    } catch let error as ContainerdError {
      try Interruption.check()
      throw LaunchRefused(reason: error.message)
    }
    self.prepared = prepared
    hasDeleted = false
    let connection = try containerd.connect()
    let measured =
      if workload.density != nil {
        try DensityTrial(
          HeldContainers(prepared, connection, containerd, workload.expected), containerd.group,
          workload.expected, conditions
        ).run().measurement
      } else if let churn = workload.churn {
        try ChurnTrial(prepared, connection, containerd, workload.expected, conditions, parallel: churn.parallel).run()
      } else if let load = workload.load {
        try LoadTrial(prepared, connection, containerd, workload.expected, conditions, load: load).run()
      } else {
        try TaskTrial(prepared, connection, containerd, conditions).run()
      }
    hasDeleted = measured.report.exitCode != nil
    try Interruption.check()
    let streams = prepared.collector.streams
    let answering = measured.report.answering ?? 0
    try Data(streams[2 * answering].bytes).write(to: URL(filePath: trial.outputFile))
    try Data(streams[2 * answering + 1].bytes).write(to: URL(filePath: trial.errorsFile))
    return measured
  }

  func revive() throws -> Bool { try containerd?.revive() ?? false }

  func cleanUp(_ trial: TrialPlace, ended: Bool) {
    // Everything ends with the launcher then.
    if Interruption.signal == nil { prepared?.remove(ended: hasDeleted) }
    prepared = nil
  }

  /// What an OCI runtime says on the guest's standard error when it cannot execute it, after the start has succeeded.
  func startFailure(exitCode: Int32, errors: String) -> String? {
    exitCode == 1 ? errors.split(separator: "\n").last { $0.hasPrefix("exec /") }.map(String.init) : nil
  }

  func files(_ workload: Workload) -> [String] {
    guard let containerd, let image = images[workload.name] else { return [] }
    return ContainerPrograms.files(runtime, containerd) + containerd.files(of: image)
  }
}

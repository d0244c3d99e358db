import FoundationEssentials
import Glibc
import Observations
import Synchronization

/// Works on one job: sets the runtimes up, runs the blocks, writes one event per trial, and clears everything away.
///
/// Runs on the thread that makes it, which must outlive it.
public final class Worker {
  let job: Job
  private let events: EventStream
  private let launcher: Launcher
  private let cgroups: RunCgroups?
  private(set) var adapters: [String: any RuntimeAdapter] = [:]
  /// (workload, runtime) → why the pair cannot run.
  private var unprepared: [String: String] = [:]
  private let trialCount = Atomic<Int>(0)
  private lazy var guestStart = cgroups == nil ? nil : GuestStart()
  private lazy var containerd = Result { try startContainerd() }

  /// Makes the scratch folder, the cgroups and the launcher.
  /// - Parameters:
  ///   - launcher: path of `harness-launcher`.
  ///   - output: descriptor of the observation stream.
  /// - Throws: `WorkerError`; nothing is left behind then.
  public init(_ job: Job, launcher: String, output: Int32) throws {
    self.job = job
    events = EventStream(descriptor: output)
    Leftovers.sweepCgroups()
    Leftovers.sweepScratch(beside: job.scratch)
    try Leftovers.claim(scratch: job.scratch)
    let cgroups = geteuid() == 0 ? RunCgroups(run: job.run) : nil
    let needsContainerd = job.runtimes.contains { $0.path.needsContainerd }
    do {
      self.launcher = try Launcher(
        executable: launcher, enclose: geteuid() == 0, homes: cgroups?.homes ?? [],
        emptyFolders: needsContainerd ? [PrivateContainerd.stateFolder] : [])
    } catch {
      cgroups?.remove()
      Leftovers.release(scratch: job.scratch)
      throw error
    }
    self.cgroups = cgroups
  }

  /// Runs the job to its end, or until an interruption.
  /// - Throws: `WorkerError` when interrupted, when nobody reads the events, or for a defect of ours. Failed trials are events, not errors.
  public func work() throws {
    defer { clearAway() }
    try FileManager.default.createDirectory(atPath: job.scratch + "/home", withIntermediateDirectories: true)
    let unavailable = try setUpRuntimes()
    try events.write(.started(Started(run: job.run, attempt: job.attempt, environment: try environment())))
    for event in unavailable { try events.write(.unavailable(event)) }

    let asked = Set(job.blocks.map(\.workload))
    let workloads = job.workloads.filter { asked.contains($0.name) }
    let arms = workloads.flatMap { workload in workload.arms.compactMap { arm in adapters[arm].map { (workload, $0) } } }
    try inTurn(.setUp, arms, prepare)
    if let metrics = job.counts, !metrics.isEmpty { try inTurn(.counting, arms) { try count(metrics, $0, $1) } }
    PageCache.renew(Set(arms.filter { cache(of: $0.0) != .cold }.flatMap { $1.files($0) }).sorted())
    let warm = arms.filter { workload, _ in workload.test == nil && cache(of: workload) == .warm }
    if !warm.isEmpty { try inTurn(.warmUp, warm, warmUp) }
    if let lanes = job.parallel, lanes > 1 {
      try Lanes(of: self, launcher: launcher.executable).work(count: lanes)
    } else {
      for block in job.blocks { try work(on: block, in: adapters) }
    }
    try events.write(.finished(blocks: job.blocks.count))
  }

  /// Every trial of a block. Of several blocks at a time each has adapters of its own.
  func work(on block: BlockRequest, in adapters: [String: any RuntimeAdapter]) throws {
    guard let workload = job.workloads.first(where: { $0.name == block.workload }) else { return }
    let order = TrialOrder.shuffled(workload.arms, seed: job.seed, workload: workload.name, block: block.index)
    for (position, arm) in order.enumerated() {
      try Interruption.check()
      guard let adapter = adapters[arm] else { continue }
      if cache(of: workload) == .hot, workload.test == nil { try warmUp(workload, adapter) }
      let trial = try trial(workload, adapter, block: block.index, position: position)
      if let assertions = trial.assertions {
        try events.write(
          .assertions(
            TestedAssertions(run: job.run, attempt: job.attempt, workload: workload.name, runtime: arm, assertions: assertions)))
      }
      try events.write(.trial(trial.observation))
    }
    try events.write(.blockFinished(block))
  }

  // MARK: Setting up

  /// Makes an adapter for every runtime that can run here; tells about the others.
  private func setUpRuntimes() throws -> [Unavailable] {
    var unavailable: [Unavailable] = []
    for runtime in job.runtimes {
      let adapter: any RuntimeAdapter =
        switch runtime.path {
        case .process: ProcessRuntime(runtime, by: launcher, cgroups: cgroups, scratch: job.scratch)
        case .oci: BundleRuntime(runtime, by: launcher, cgroups: cgroups, scratch: job.scratch)
        case .containerd: ContainerRuntime(runtime, by: launcher) { [unowned self] in try containerd.get() }
        case .tasks: TaskRuntime(runtime) { [unowned self] in try containerd.get() }
        }
      do {
        try adapter.check()
        adapters[runtime.name] = adapter
      } catch {
        try Interruption.check()
        unavailable.append(Unavailable(runtime: runtime.name, reason: error.reason, remedy: error.remedy))
      }
    }
    return unavailable
  }

  private func startContainerd() throws -> PrivateContainerd {
    try PrivateContainerd(run: job.run, launcher: launcher, cgroups: cgroups, scratch: job.scratch)
  }

  /// Does something with every arm, and tells each before: a stage may take minutes.
  private func inTurn(
    _ stage: PreparationStage, _ arms: [(Workload, any RuntimeAdapter)], _ body: (Workload, any RuntimeAdapter) throws -> Void
  ) throws {
    for (done, (workload, adapter)) in arms.enumerated() {
      try Interruption.check()
      try events.write(
        .preparing(Preparing(stage: stage, workload: workload.name, runtime: adapter.runtime.name, done: done, total: arms.count)))
      try body(workload, adapter)
    }
  }

  /// What an arm needs once. A pair that cannot be prepared has trials that were not started.
  private func prepare(_ workload: Workload, _ adapter: any RuntimeAdapter) throws {
    do {
      try adapter.prepare(workload)
    } catch {
      try Interruption.check()
      if try adapter.revive() { return try prepare(workload, adapter) }
      unprepared[pair(workload, adapter.runtime.name)] =
        (error as? RuntimeUnavailable).map { "\($0.reason); \($0.remedy)" } ?? "\(error)"
    }
  }

  private func pair(_ workload: Workload, _ arm: String) -> String { workload.name + "\n" + arm }

  /// One trial that is not counted, so that every arm finds the same page cache. What it answers is checked and told on standard error;
  /// an arm that fails here is still measured, and fails there.
  private func warmUp(_ workload: Workload, _ adapter: any RuntimeAdapter) throws {
    let observation = try trial(workload.brief, adapter, block: -1, position: 0).observation
    if observation.outcome != .passed {
      warn("warm-up of \(workload.name) in \(adapter.runtime.name): \(observation.outcome.rawValue): \(observation.detail)")
    }
  }

  private func warn(_ line: String) {
    let text = "warning: \(line)\n"
    _ = write(2, text, text.utf8.count)
  }

  /// Counts what a workload does in an arm and tells it.
  private func count(_ metrics: [Metric], _ workload: Workload, _ adapter: any RuntimeAdapter) throws {
    let preparedBytes = adapter.preparedFiles(workload).map { $0.compactMap(EnvironmentRecord.size).reduce(0, +) }
    let counts = try CountedArm(workload, adapter.runtime, preparedBytes: preparedBytes).counts(of: metrics) { counting in
      try Interruption.check()
      return try trial(workload, adapter, block: -1, position: 0, counting: counting).observation
    }
    try events.write(
      .counts(Counts(run: job.run, attempt: job.attempt, workload: workload.name, runtime: adapter.runtime.name, counts: counts)))
  }

  private func cache(of workload: Workload) -> CacheState { workload.cache ?? job.cache }

  /// Whether any workload of the job finds its files in the page cache.
  private var isPartlyWarm: Bool { job.workloads.contains { cache(of: $0) != .cold } }

  // MARK: A trial

  /// What is told of a trial.
  private struct FinishedTrial {
    var observation: Observation
    /// Nil where the workload is no test.
    var assertions: [TestedAssertion]?
  }

  /// A trial; one that failed because something it depends on had ended says nothing, and is made again.
  /// - Parameter counting: counts this trial and takes the counts; it is not timed then.
  private func trial(_ workload: Workload, _ adapter: any RuntimeAdapter, block: Int, position: Int, counting: CountedTrial? = nil) throws
    -> FinishedTrial
  {
    while true {
      var trial = try trialOnce(workload, adapter, block: block, position: position, counting: counting)
      let observation = trial.observation
      guard observation.outcome != .passed, try adapter.revive() else {
        if workload.test != nil, trial.assertions == nil {
          trial.assertions = [TestedAssertion(outcome: .fail, detail: observation.detail)]
        }
        return trial
      }
      warn("\(adapter.runtime.name) was started again during \(workload.name), block \(block): \(observation.detail)")
    }
  }

  private func trialOnce(
    _ workload: Workload, _ adapter: any RuntimeAdapter, block: Int, position: Int, counting: CountedTrial?
  ) throws -> FinishedTrial {
    let number = trialCount.add(1, ordering: .relaxed).newValue
    let folder = "\(job.scratch)/trial-\(number)"
    let files = FileManager.default
    defer { try? files.removeItem(atPath: folder) }
    var observation = Observation(
      run: job.run, workload: workload.name, block: block, trial: position, attempt: job.attempt, runtime: adapter.runtime.name,
      outcome: .notStarted, times: TrialTimes(spawned: 0, exited: 0, reaped: 0), resources: TrialResources())
    if let reason = unprepared[pair(workload, adapter.runtime.name)] {
      observation.detail = reason
      return FinishedTrial(observation: observation)
    }
    var assertions: [TestedAssertion]?
    let place = TrialPlace(
      workload: workload, identifier: "trial-\(getpid())-\(number)", folder: folder, group: adapter.group(),
      countsInRuntime: counting?.countsInRuntime ?? false)
    var ended = false
    defer { adapter.cleanUp(place, ended: ended) }
    do {
      try files.createDirectory(atPath: place.workFolder, withIntermediateDirectories: true)
      for guest in place.freshFolders { try files.createDirectory(atPath: guest.host, withIntermediateDirectories: true) }
      // A container has it in its image.
      if let root = workload.root, adapter.runtime.path == .process { try RootCopy.make(of: root, at: place.rootFolder) }
      var conditions = TrialConditions(timeLimit: job.timeLimit, counting: counting)
      conditions.padding = EnvironmentPadding.bytes(
        seed: job.seed, workload: workload.name, block: block, runtime: adapter.runtime.name)
      conditions.outputLimit = max(conditions.outputLimit, workload.expected.output?.utf8.count ?? 0)
      if cache(of: workload) == .cold {
        PageCache.drop(adapter.files(workload))
      } else if workload.test == nil {
        PageCache.keep(adapter.files(workload))
      }
      var noise = NoiseProbe()
      conditions.begin = { [self] in
        noise = NoiseProbe()
        place.group?.begin()
        if adapter.runtime.path != .process {
          guestStart?.follow(place.group)
          launcher.guestStart = guestStart
        }
      }
      defer { if adapter.runtime.path != .process { launcher.guestStart = nil } }
      // What is cold for one workload is not to be cold for the next.
      defer { if cache(of: workload) == .cold, isPartlyWarm { PageCache.renew(adapter.files(workload)) } }
      let measured = try adapter.measure(place, conditions)
      ended = !measured.report.timedOut && measured.report.signal == nil
      observe(measured, place, adapter, into: &observation, &assertions)
      observation.evidence = noise.evidence(measured.report)
    } catch let refused as LaunchRefused {
      observation.detail = refused.reason
    } catch let error as WorkerError {
      throw error
    } catch {
      observation.detail = "the trial could not be set up: \(error)"
    }
    return FinishedTrial(observation: observation, assertions: assertions)
  }

  /// Takes over what the launcher, the cgroup and the runtime of a test tell.
  private func observe(
    _ measured: Measurement, _ place: TrialPlace, _ adapter: any RuntimeAdapter, into observation: inout Observation,
    _ assertions: inout [TestedAssertion]?
  ) {
    let report = measured.report
    let errors = place.errorsFile
    let failure = report.exitCode.flatMap { adapter.startFailure(exitCode: $0, errors: SystemFile.text(errors) ?? "") }
    let verdict = Verdict(
      report, expected: place.workload.expected, output: place.outputFile, errors: errors, timeLimit: job.timeLimit,
      startFailure: failure)
    observation.outcome = verdict.outcome
    observation.detail = verdict.detail
    if let test = place.workload.test {
      let told = test.script == nil ? nil : SystemFile.text(place.assertionsFile).flatMap(TestVerdict.parse)
      let errors = test.script == nil ? "" : SystemFile.text(place.errorsFile) ?? ""
      let judged = TestVerdict(
        verdict, errors: errors, told: told, exitCode: report.exitCode, known: test.knownFailures[adapter.runtime.name])
      assertions = judged.assertions
      observation.outcome = judged.outcome
      observation.detail = judged.detail
    }
    observation.exitCode = report.exitCode
    observation.signal = report.signal
    observation.times = TrialTimes(
      spawned: report.spawned, firstByte: report.firstByte, exited: report.exited, reaped: report.reaped, executed: report.executed,
      ended: report.ended)
    var resources = TrialResources(
      userTime: report.userTime, systemTime: report.systemTime, peakMemory: report.maxResident, memorySource: .launcher,
      maxResident: report.maxResident)
    resources.held = measured.held
    // Of a container behind containerd the launcher has waited for the client only.
    if adapter.runtime.path.needsContainerd { resources.maxResident = nil }
    if let group = place.group {
      if let peak = group.peak() {
        resources.peakMemory = peak
        resources.memorySource = group.source
      }
      // Shims and guests are not the client's children: only the group knows their time.
      if adapter.runtime.path.needsContainerd, let time = group.cpuTimeUsed() { (resources.userTime, resources.systemTime) = time }
    } else if adapter.runtime.path.needsContainerd {
      // The client alone says nothing about shim and guest.
      resources.peakMemory = nil
      resources.memorySource = .none
    }
    observation.resources = resources
    observation.phases = measured.phases
    observation.tasks = measured.tasks
    observation.latencies = measured.latencies
    if place.workload.repeats == true, observation.outcome == .passed {
      do throws(LaunchRefused) {
        observation.repetitions = try RepetitionLines.parse(
          SystemFile.text(errors) ?? "", within: report.exited - min(report.spawned, report.exited))
      } catch {
        observation.outcome = .wrongOutput
        observation.detail = error.reason
      }
    }
    observation.environmentPadding = measured.padding
  }

  // MARK: The machine

  private func environment() throws -> MachineEnvironment {
    var commands: [String: [String]] = [:]
    for runtime in job.runtimes where adapters[runtime.name] != nil && !runtime.versionCommand.isEmpty {
      commands[runtime.name] = runtime.versionCommand
    }
    if adapters.values.contains(where: { $0.runtime.path != .process }) {
      for (name, words) in [("runc", ["--version"]), ("containerd", ["--version"]), ("ctr", ["--version"])] {
        if let path = HostTools.find(name) { commands[name] = [path] + words }
      }
    }
    var tools: [String: String] = [:]
    for (name, command) in commands where command[0].hasPrefix("/") {
      let environment = ["PATH": HostTools.searchPath.joined(separator: ":"), "HOME": job.scratch + "/home"]
      guard let answer = try? launcher.output(of: command, environment: environment, in: job.scratch, timeLimit: 10) else { continue }
      let line = (answer.output + answer.errors).split(whereSeparator: \.isNewline).first.map(String.init)
      if let line, answer.report.exitCode == 0 { tools[name] = line }
    }
    try Interruption.check()
    var files = Set(adapters.values.flatMap { $0.runtime.command.filter { $0.hasPrefix("/") && isExecutable($0) } })
    files.formUnion(adapters.values.flatMap { [$0.runtime.shim, $0.runtime.ociRuntime].compactMap { $0 } })
    if adapters.values.contains(where: { $0.runtime.path != .process }) {
      files.formUnion(["runc", "containerd", "ctr", "containerd-shim-runc-v2"].compactMap(HostTools.find))
    }
    for workload in job.workloads { files.formUnion([workload.module, workload.native].compactMap { $0 }) }
    var record = EnvironmentRecord.read(tools: tools, files: files.sorted())
    record.lacking = launcher.lacking
    return record
  }

  /// Ends every process, then removes what they were in.
  private func clearAway() {
    launcher.close()
    cgroups?.remove()
    Leftovers.release(scratch: job.scratch)
  }
}

extension Workload {
  /// The same with a few tasks or instances where it has many: as much as makes caches warm.
  fileprivate var brief: Workload {
    let few = 4
    var brief = self
    brief.density = density.map { min($0, few) }
    brief.churn = churn.map { Churn(tasks: min($0.tasks, few), parallel: min($0.parallel, few)) }
    brief.load = load.map { Load(rate: $0.rate, tasks: min($0.tasks, few), parallel: $0.parallel) }
    return brief
  }
}

import Foundation
import GRDB
import Observations

extension Store {
  /// Stores a plan before its first trial.
  public func create(_ plan: Plan) throws { try write { try Self.create(plan, $0) } }

  static func create(_ plan: Plan, _ database: Database) throws {
    do {
      let run = plan.run
      try database.execute(
        sql: """
          INSERT INTO run (id, scenario, title, startedAt, finishedAt, seed, cache, timeLimit, blocks, baseline, metrics, subtract,
            differences, commitID, command, notes, precision, maximumBlocks, thresholds, branch)
            VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.id, run.scenario, run.title, run.startedAt, Int64(run.seed), run.cache.rawValue, plan.timeLimit, run.blocks, run.baseline,
          try JSONColumn.text(run.metrics), run.subtract, try JSONColumn.text(run.differences), run.commit, run.command,
          try JSONColumn.text(plan.notes), run.precision, run.maximumBlocks, try run.thresholds.map(JSONColumn.text), run.branch,
        ])
      for (position, workload) in plan.workloads.enumerated() {
        try database.execute(
          sql: "INSERT INTO workload (run, name, position, definition) VALUES (?, ?, ?, ?)",
          arguments: [run.id, workload.name, position, try JSONColumn.text(workload)])
      }
      for (position, runtime) in plan.runtimes.enumerated() {
        try database.execute(
          sql: "INSERT INTO runtime (run, name, position, path, definition) VALUES (?, ?, ?, ?, ?)",
          arguments: [run.id, runtime.name, position, runtime.path.rawValue, try JSONColumn.text(runtime)])
      }
      for missing in plan.unavailable { try Self.insert(missing, run: run.id, into: database) }
      let statement = try database.makeStatement(sql: "INSERT INTO block (run, workload, number, position) VALUES (?, ?, ?, ?)")
      for (position, block) in plan.blocks.enumerated() {
        try statement.execute(arguments: [run.id, block.workload, block.index, position])
      }
      for tested in plan.failed {
        var tested = tested
        tested.run = run.id
        guard try Self.insert(tested, into: database) else {
          throw CoordinatorError(.defect, "the plan of \(run.id) lacks \(tested.workload) or \(tested.runtime), which failed in it")
        }
      }
    }
  }

  /// Stores one event of a worker. Storing it again changes nothing.
  /// - Returns: false where the event names a run, workload, block or runtime that the plan does not have; nothing is stored then.
  @discardableResult
  public func record(_ event: WorkerEvent, run: String) throws -> Bool {
    try write { database in
      switch event {
      case .started(let started):
        guard started.run == run else { return false }
        try Self.insert(started.environment, run: run, attempt: started.attempt, into: database)
      case .unavailable(let missing):
        try Self.insert(missing, run: run, into: database)
      case .counts(let counts):
        guard counts.run == run else { return false }
        return try Self.insert(counts, into: database)
      case .assertions(let tested):
        guard tested.run == run else { return false }
        return try Self.insert(tested, into: database)
      case .trial(let observation):
        guard observation.run == run, try Self.isPlanned(observation, database) else { return false }
        try Self.insert(observation, into: database)
      case .preparing, .blockFinished, .finished:
        return false
      }
      return true
    }
  }

  /// Marks a block as measured. An earlier finished attempt is replaced by a later one, never the other way round.
  /// - Returns: false for a block the plan does not have, and for one that lacks a trial of an arm that can run: a worker that says
  ///   otherwise is wrong, and the block is to be measured again.
  @discardableResult
  public func finish(_ block: BlockRequest, run: String, attempt: Int) throws -> Bool {
    try write { database in
      guard try Self.isWhole(block, run, attempt, database) else { return false }
      try database.execute(
        sql: """
          UPDATE block SET finishedAttempt = max(coalesce(finishedAttempt, -1), ?) WHERE run = ? AND workload = ? AND number = ?
          """,
        arguments: [attempt, run, block.workload, block.index])
      return database.changesCount > 0
    }
  }

  /// Adds blocks to the end of a run, all of them or none.
  /// - Returns: the new blocks, in the order they are measured: one of each workload in turn.
  public func extend(run: String, by extensions: [Extension]) throws -> [BlockRequest] {
    try write { database in
      var next: [String: Int] = [:]
      for row in try Row.fetchAll(
        database, sql: "SELECT workload, max(number) AS last FROM block WHERE run = ? GROUP BY workload", arguments: [run])
      {
        next[row["workload"]] = (row["last"] as Int) + 1
      }
      var position = try Int.fetchOne(database, sql: "SELECT max(position) FROM block WHERE run = ?", arguments: [run]) ?? -1
      var blocks: [BlockRequest] = []
      for round in 0..<(extensions.map(\.count).max() ?? 0) {
        for addition in extensions where round < addition.count {
          let block = BlockRequest(workload: addition.workload, index: (next[addition.workload] ?? 0) + round)
          position += 1
          try database.execute(
            sql: "INSERT INTO block (run, workload, number, position, purpose) VALUES (?, ?, ?, ?, ?)",
            arguments: [run, block.workload, block.index, position, addition.purpose.rawValue])
          blocks.append(block)
        }
      }
      return blocks
    }
  }

  /// Marks a run as complete.
  public func finish(run: String, at moment: Date) throws {
    try write { try $0.execute(sql: "UPDATE run SET finishedAt = ? WHERE id = ?", arguments: [timestamp(moment), run]) }
  }

  // MARK: Rows

  /// Whether every arm of a block that can run here has its trial.
  private static func isWhole(_ block: BlockRequest, _ run: String, _ attempt: Int, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT NOT EXISTS (
          SELECT 1 FROM workload, json_each(workload.definition, '$.arms') AS arm
            WHERE workload.run = ?1 AND workload.name = ?2 AND arm.value IN (SELECT name FROM runtime WHERE run = ?1)
              AND arm.value NOT IN (SELECT runtime FROM unavailable WHERE run = ?1)
              AND NOT EXISTS (
                SELECT 1 FROM trial
                  WHERE trial.run = ?1 AND trial.workload = ?2 AND trial.block = ?3 AND trial.attempt = ?4 AND trial.runtime = arm.value))
        """,
      arguments: [run, block.workload, block.index, attempt]) ?? false
  }

  private static func isPlanned(_ observation: Observation, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM block WHERE run = ? AND workload = ? AND number = ?)
          AND EXISTS (SELECT 1 FROM runtime WHERE run = ? AND name = ?)
        """,
      arguments: [observation.run, observation.workload, observation.block, observation.run, observation.runtime]) ?? false
  }

  static func insert(_ missing: Unavailable, run: String, into database: Database) throws {
    try database.execute(
      sql: "INSERT INTO unavailable (run, runtime, reason, remedy) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [run, missing.runtime, missing.reason, missing.remedy])
  }

  static func insert(_ machine: MachineEnvironment, run: String, attempt: Int, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO environment (run, attempt, hostname, cpuModel, cpuCount, memoryBytes, kernel, distribution, virtualization, governor,
          cgroup, mitigations, tools, hashes, addressRandomization, sizes, lacking)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [
        run, attempt, machine.hostname, machine.cpuModel, machine.cpuCount, Int64(clamping: machine.memoryBytes), machine.kernel,
        machine.distribution, machine.virtualization, machine.governor, machine.cgroup, try JSONColumn.text(machine.mitigations),
        try JSONColumn.text(machine.tools), try JSONColumn.text(machine.hashes), machine.addressRandomization,
        try machine.sizes.map(JSONColumn.text), try machine.lacking.map(JSONColumn.text),
      ])
  }

  private static func insert(_ observation: Observation, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO trial (run, workload, block, attempt, runtime, position, outcome, detail, exitCode, signal)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [
        observation.run, observation.workload, observation.block, observation.attempt, observation.runtime, observation.trial,
        observation.outcome.rawValue, observation.detail, observation.exitCode, observation.signal,
      ])
    guard database.changesCount > 0 else { return }
    let trial = database.lastInsertedRowID
    let times = observation.times, resources = observation.resources, evidence = observation.evidence
    let latency = observation.latencies?.latency, service = observation.latencies?.service, held = resources.held
    try database.execute(
      sql: """
        INSERT INTO observation (trial, spawned, firstByte, exited, reaped, userTime, systemTime, peakMemory, maxResident, memorySource,
          stealTicks, cpuPressure, memoryPressure, ioPressure, voluntarySwitches, involuntarySwitches, minorFaults, majorFaults, runDelay,
          throttles, clockStep, environmentPadding, executed, ended, tasks, instanceMemory, instanceSlope, latencyP50, latencyP90, latencyP99,
          latencyP999, latencyMax, serviceP50, serviceP90, serviceP99, serviceP999, serviceMax, achievedRate, lateness, privateMemory,
          groupMemory, guestMemory)
          VALUES (\(Array(repeating: "?", count: 42).joined(separator: ", ")))
        """,
      arguments: [
        trial, number(times.spawned), number(times.firstByte), number(times.exited), number(times.reaped), number(resources.userTime),
        number(resources.systemTime), number(resources.peakMemory), number(resources.maxResident), resources.memorySource.rawValue,
        number(evidence.stealTicks), number(evidence.cpuPressure), number(evidence.memoryPressure), number(evidence.ioPressure),
        number(evidence.voluntarySwitches), number(evidence.involuntarySwitches), number(evidence.minorFaults),
        number(evidence.majorFaults), number(evidence.runDelay), number(evidence.throttles), evidence.clockStep,
        observation.environmentPadding, number(times.executed), number(times.ended), observation.tasks,
        number(held?.proportional), number(held?.slope), number(latency?.p50), number(latency?.p90),
        number(latency?.p99), number(latency?.p999), number(latency?.max), number(service?.p50), number(service?.p90),
        number(service?.p99), number(service?.p999), number(service?.max), number(observation.latencies?.achievedRate),
        number(observation.latencies?.lateness), number(held?.privateMemory), number(held?.group), number(held?.guest),
      ])
    if let repetitions = observation.repetitions?.judged {
      let steady = repetitions.steady
      try database.execute(
        sql: "INSERT INTO repetition (trial, state, warmUp, warmUpTime, steadyTime, nanoseconds) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          trial, steady?.state, steady?.warmUp, number(steady?.warmUpTime), number(steady?.time), try JSONColumn.text(repetitions.times),
        ])
    }
    for (position, phase) in observation.phases.enumerated() {
      try database.execute(
        sql: "INSERT INTO phase (trial, position, name, nanoseconds) VALUES (?, ?, ?, ?)",
        arguments: [trial, position, phase.name, number(phase.nanoseconds)])
    }
  }

  /// SQLite's integers are signed; nanoseconds and bytes fit for centuries and exabytes.
  private static func number(_ value: UInt64) -> Int64 { Int64(clamping: value) }
  private static func number(_ value: UInt64?) -> Int64? { value.map { Int64(clamping: $0) } }
}

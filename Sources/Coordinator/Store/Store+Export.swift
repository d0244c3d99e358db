import Foundation
import GRDB
import Observations

extension Store {
  /// Writes a whole run, finished or not, as a run file: every trial, those that do not count included.
  /// - Parameter destination: a path, or `-` for standard output. A file appears under its name when it is complete.
  /// - Throws: `CoordinatorError`: `.cannotCreate`, `.inputOutput`, and what reading the database may throw.
  public func export(_ run: String, to destination: String) throws {
    if destination == "-" {
      try write(run, "standard output", 1)
      return
    }
    let unfinished = destination + ".\(getpid()).part"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw CoordinatorError(.cannotCreate, "\(destination): cannot be written (\(String(cString: strerror(errno))))")
    }
    do {
      defer { close(descriptor) }
      try write(run, destination, descriptor)
    } catch {
      unlink(unfinished)
      throw error
    }
    guard rename(unfinished, destination) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(unfinished)
      throw CoordinatorError(.cannotCreate, "\(destination): cannot be written (\(reason))")
    }
  }

  private func write(_ run: String, _ destination: String, _ descriptor: CInt) throws {
    let plan = try plan(of: run)
    try read { database in
      let attempts = try Int.fetchAll(database, sql: "SELECT attempt FROM environment WHERE run = ? ORDER BY attempt", arguments: [run])
      let environments = try attempts.compactMap { attempt in
        try Self.environment(run, attempt: attempt, database, path).map { RunFile.AttemptEnvironment(attempt: attempt, environment: $0) }
      }
      let writer = try RunFileWriter(
        destination, descriptor: descriptor,
        head: RunFile.Head(
          run: plan.run, timeLimit: plan.timeLimit, workloads: plan.workloads, runtimes: plan.runtimes, unavailable: plan.unavailable,
          notes: plan.notes, environments: environments,
          counts: try Self.counts(run, database, path), assertions: try Self.assertions(run, database, path)))
      let blocks = try Row.fetchCursor(
        database, sql: "SELECT * FROM block WHERE run = ? ORDER BY position", arguments: [run])
      while let row = try blocks.next() {
        try writer.block(
          workload: row["workload"], number: row["number"], finishedAttempt: row["finishedAttempt"],
          purpose: row["purpose"] as String? ?? "planned")
      }
      try writer.beginTrials()
      try Self.eachTrial(of: run, database, path, &writer.texts) { row, _ in try writer.trial(row) }
      try writer.finish()
    }
  }
}

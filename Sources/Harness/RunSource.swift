import Coordinator
import Foundation
import Observations

/// Where a command finds the runs it is to compare: in the database, in exported files, or by their branch.
struct RunSource {
  let results: ResultsOptions

  /// A run by its name, `latest`, the beginning of its name, or the path of an exported file.
  /// - Throws: `CoordinatorError`.
  func measuredRun(_ name: String) throws -> MeasuredRun {
    try checked(isFile(name) ? RunFile.measuredRun(name) : inDatabase { try $0.measuredRun(try $0.identifier(matching: name)) })
  }

  /// As above, and `branch:NAME`: the newest finished run of the candidate's scenario on that branch, before all of the candidate's machine.
  func baseline(_ name: String, for candidate: MeasuredRun) throws -> MeasuredRun {
    guard name.hasPrefix("branch:") else { return try measuredRun(name) }
    let branch = String(name.dropFirst("branch:".count))
    return try checked(
      inDatabase { store in
        let run = try store.newestRun(
          of: candidate.run.scenario, onBranch: branch, otherThan: candidate.run.id, measuredOn: candidate.environment)
        guard let run else {
          throw CoordinatorError(
            .badData,
            "\(name): no finished run of the scenario \(candidate.run.scenario) on the branch \(branch) in \(store.path); measure one there first, or import it"
          )
        }
        return try store.measuredRun(run)
      })
  }

  /// Why verdicts on the run's machine are not backed by a proof, for notes.
  func doubts(about run: MeasuredRun) -> [String] {
    guard let machine = run.environment else { return [] }
    return (try? inDatabase { try $0.doubts(about: machine, threshold: run.run.threshold) })
      ?? ["no proof that gates raise few false alarms on this machine (\(machine.hostname)); prove it: harness aa scenarios/gate.yaml"]
  }

  private func inDatabase<Value>(_ body: (Store) throws -> Value) throws -> Value { try body(try Store.forReading(results.database)) }

  private func isFile(_ name: String) -> Bool {
    var isFolder: ObjCBool = false
    return (name.contains("/") || name.hasSuffix(".json")) && FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
      && !isFolder.boolValue
      || name.hasSuffix(".json")
  }

  /// A worker that recorded ends before their beginnings, or no time at all, recorded nonsense elsewhere too.
  /// - Throws: `CoordinatorError.badData`.
  func checked(_ run: MeasuredRun) throws -> MeasuredRun {
    let broken = run.arms.filter { $0.contradictions > 0 }
    guard let first = broken.first else {
      if run.run.finishedAt == nil {
        Console.error("note: run \(run.run.id) is not finished; go on: harness run --resume \(run.run.id)\(results.repeated)")
      }
      return run
    }
    let count = broken.reduce(0) { $0 + $1.contradictions }
    throw CoordinatorError(
      .badData,
      "run \(run.run.id): \(count) trial(s) end before they begin, or take no time at all (the first in \(first.workload) in \(first.runtime)): a broken worker or a broken file; measure again"
    )
  }
}

/// Files of reports.
enum OutputFile {
  /// Writes a text to a file, or to standard output for `-`.
  /// - Throws: `CoordinatorError.cannotCreate`.
  static func write(_ text: String, to path: String) throws {
    if path == "-" {
      Console.print(text)
      return
    }
    try writing(path) { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    Console.error("wrote \(path)")
  }

  /// Does what writes a file or a folder.
  /// - Throws: `CoordinatorError.cannotCreate`.
  @discardableResult
  static func writing<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as CocoaError {
      throw CoordinatorError(.cannotCreate, "\(path): cannot be written (\(systemReason(error)))")
    } catch {
      throw CoordinatorError(.cannotCreate, "\(path): cannot be written (\(error))")
    }
  }
}

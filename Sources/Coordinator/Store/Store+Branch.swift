import GRDB
import Observations

extension Store {
  /// The newest finished run of a scenario on a branch.
  /// - Parameters:
  ///   - other: a run that is not looked for.
  ///   - machine: runs measured there come before newer ones of other machines, with which they could not be compared.
  public func newestRun(
    of scenario: String, onBranch branch: String, otherThan other: String?, measuredOn machine: MachineEnvironment? = nil
  ) throws -> String? {
    try read { database in
      // A database of an earlier version that was opened for reading knows no branches.
      guard try database.columns(in: "run").contains(where: { $0.name == "branch" }) else { return nil }
      return try String.fetchOne(
        database,
        sql: """
          SELECT id FROM run WHERE scenario = ? AND branch = ? AND finishedAt IS NOT NULL AND id IS NOT ?
            ORDER BY EXISTS (
              SELECT 1 FROM environment WHERE environment.run = run.id AND hostname = ? AND cpuModel = ? AND kernel = ?
            ) DESC, startedAt DESC, rowid DESC LIMIT 1
          """, arguments: [scenario, branch, other, machine?.hostname, machine?.cpuModel, machine?.kernel])
    }
  }
}

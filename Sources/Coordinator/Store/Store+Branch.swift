import GRDB

extension Store {
  /// The newest finished run of a scenario on a branch.
  /// - Parameter other: a run that is not looked for.
  public func newestRun(of scenario: String, onBranch branch: String, otherThan other: String?) throws -> String? {
    try read { database in
      // A database of an earlier version that was opened for reading knows no branches.
      guard try database.columns(in: "run").contains(where: { $0.name == "branch" }) else { return nil }
      return try String.fetchOne(
        database,
        sql: """
          SELECT id FROM run WHERE scenario = ? AND branch = ? AND finishedAt IS NOT NULL AND id IS NOT ?
            ORDER BY startedAt DESC, rowid DESC LIMIT 1
          """, arguments: [scenario, branch, other])
    }
  }
}

import Observations

extension RunFile {
  /// The run of a file as comparisons need it, without taking it into a database.
  /// - Throws: `CoordinatorError`: `.missing` where there is no such file, `.badData` with the place of what is wrong in it.
  public static func measuredRun(_ path: String) throws -> MeasuredRun {
    let file = try RunFileReader(path)
    var blocks = FinishedBlocks(file)
    try file.eachBlock { workload, number, attempt, _ in blocks.add(Store.BlockKey(workload: workload, number: number), attempt) }
    var builder = MeasuredRunBuilder(
      run: file.head.run, environment: file.head.environments.first?.environment, workloads: file.head.workloads,
      runtimes: file.head.runtimes, unavailable: file.head.unavailable, counts: file.head.counts, assertions: file.head.assertions)
    var seen: Set<Arm> = []
    let (run, texts) = (file.head.run.id, file.texts)
    try file.eachTrial { row in
      let block = Store.BlockKey(workload: Int(row[.workload]), number: row[.block])
      guard try blocks.take(block, row[.attempt]) else {
        builder.supersede(texts.outcomes[Int(row[.outcome])] ?? .notStarted)
        return
      }
      guard seen.insert(Arm(block: block, runtime: Int32(row[.runtime]))).inserted else {
        let name = texts.all[Int(row[.workload])], runtime = texts.all[Int(row[.runtime])]
        throw CoordinatorError(.badData, "\(path): holds two trials of \(name) in \(runtime), block \(row[.block]); export the run again")
      }
      builder.add(row.observation(run: run, texts))
    }
    try blocks.checkWhole()
    return builder.finish()
  }

  private struct Arm: Hashable {
    var block: Store.BlockKey
    var runtime: Int32
  }
}

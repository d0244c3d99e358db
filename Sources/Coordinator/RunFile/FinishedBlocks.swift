import Observations

/// The blocks of a run file while its trials are read: whether each trial is of one of them, and in the end whether each finished block has
/// a trial of every arm. A block without them would quietly shrink a sample.
struct FinishedBlocks {
  private struct Block {
    /// -1 for a block that is still to be measured.
    var attempt: Int64
    var trials: Int32 = 0
  }

  private let path: String
  private let texts: RunTexts
  /// Arms of every workload that could run, by the workload's numbered text.
  private let arms: [Int: Int32]
  private var blocks: [Store.BlockKey: Block] = [:]

  init(_ file: RunFileReader) {
    path = file.path
    texts = file.texts
    let runtimes = Set(file.head.runtimes.map(\.name)).subtracting(file.head.unavailable.map(\.runtime))
    var arms: [Int: Int32] = [:]
    for (number, name) in file.texts.all.enumerated() {
      guard let workload = file.head.workloads.first(where: { $0.name == name }) else { continue }
      arms[number] = Int32(runtimes.intersection(workload.arms).count)
    }
    self.arms = arms
  }

  mutating func add(_ key: Store.BlockKey, _ attempt: Int64?) { blocks[key] = Block(attempt: attempt ?? -1) }

  /// - Returns: whether the trial counts: whether its attempt is the one that finished its block.
  /// - Throws: `CoordinatorError.badData` for a trial of no block of the file.
  mutating func take(_ key: Store.BlockKey, _ attempt: Int64) throws -> Bool {
    guard let place = blocks.index(forKey: key) else {
      throw CoordinatorError(
        .badData, "\(path): holds a trial of \(texts.all[key.workload]), block \(key.number), which is none of the run's blocks")
    }
    guard blocks.values[place].attempt == attempt else { return false }
    blocks.values[place].trials += 1
    return true
  }

  /// - Throws: `CoordinatorError.badData` where a finished block lacks a trial.
  func checkWhole() throws {
    let lacking = blocks.filter { $0.value.attempt >= 0 && $0.value.trials < arms[$0.key.workload] ?? 0 }
    guard let first = lacking.keys.min(by: { ($0.workload, $0.number) < ($1.workload, $1.number) }) else { return }
    throw CoordinatorError(
      .badData,
      "\(path): \(lacking.count) finished block(s) lack trials (the first: \(texts.all[first.workload]), block \(first.number)); export the run again"
    )
  }
}

import Observations

/// The blocks of a run file while its trials are read: whether each trial is of one of them, and in the end whether each finished block has
/// a trial of every arm. A block without them would quietly shrink a sample.
struct FinishedBlocks {
  private struct Block {
    static let absent: Int64 = -2
    /// -1 for a block that is still to be measured.
    var attempt = absent
    var trials: Int32 = 0

    /// Counts a trial of an attempt that finished it; false for one of another attempt.
    mutating func take(_ attempt: Int64) -> Bool {
      guard self.attempt == attempt else { return false }
      trials += 1
      return true
    }
  }

  /// Blocks are numbered from 0, so that a table by number is full; numbers beyond this are looked up.
  private static let tableSize: Int64 = 1 << 20

  private let path: String
  private let texts: RunTexts
  /// Arms of every workload that could run, by the workload's numbered text.
  private let arms: [Int: Int32]
  /// By the workload's numbered text, then by number.
  private var tables: [[Block]]
  private var others: [Store.BlockKey: Block] = [:]

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
    tables = Array(repeating: [], count: file.texts.all.count)
  }

  mutating func add(_ key: Store.BlockKey, _ attempt: Int64?) {
    guard (0..<Self.tableSize).contains(key.number) else {
      others[key] = Block(attempt: attempt ?? -1)
      return
    }
    let number = Int(key.number)
    while tables[key.workload].count <= number { tables[key.workload].append(Block()) }
    tables[key.workload][number] = Block(attempt: attempt ?? -1)
  }

  /// - Returns: whether the trial counts: whether its attempt is the one that finished its block.
  /// - Throws: `CoordinatorError.badData` for a trial of no block of the file.
  mutating func take(_ key: Store.BlockKey, _ attempt: Int64) throws -> Bool {
    let number = Int(key.number)
    if tables[key.workload].indices.contains(number), tables[key.workload][number].attempt != Block.absent {
      return tables[key.workload][number].take(attempt)
    }
    guard let place = others.index(forKey: key) else {
      throw CoordinatorError(
        .badData, "\(path): holds a trial of \(texts.all[key.workload]), block \(key.number), which is none of the run's blocks")
    }
    return others.values[place].take(attempt)
  }

  /// - Throws: `CoordinatorError.badData` where a finished block lacks a trial.
  func checkWhole() throws {
    func lacks(_ block: Block, _ workload: Int) -> Bool { block.attempt >= 0 && block.trials < arms[workload] ?? 0 }
    var lacking = others.filter { lacks($0.value, $0.key.workload) }.map(\.key)
    for (workload, table) in tables.enumerated() {
      for (number, block) in table.enumerated() where lacks(block, workload) {
        lacking.append(Store.BlockKey(workload: workload, number: Int64(number)))
      }
    }
    guard let first = lacking.min(by: { ($0.workload, $0.number) < ($1.workload, $1.number) }) else { return }
    throw CoordinatorError(
      .badData,
      "\(path): \(lacking.count) finished block(s) lack trials (the first: \(texts.all[first.workload]), block \(first.number)); export the run again"
    )
  }
}

import Foundation
import JSON
import Observations

/// Reads a run file, whatever the order of its members, without ever holding more of it than the file itself, mapped.
struct RunFileReader: Sendable {
  let path: String
  let head: RunFile.Head
  let texts: RunTexts
  private let data: Data
  private let blocks: Rows
  private let trials: Rows
  /// Which texts are workloads and runtimes of this run.
  private let isWorkload: [Bool]
  private let isRuntime: [Bool]

  /// Where rows begin, and of which column the values of a row are.
  private struct Rows {
    var offset: Int
    var columns: [Int]
  }

  /// - Throws: `CoordinatorError`: `.missing` where there is no such file, `.badData` for anything that is no run file of this version.
  init(_ path: String) throws {
    self.path = path
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw CoordinatorError(.missing, "\(path): cannot be read (\(systemReason(error)))")
    }
    let contents = try Self.scanning(data, path) { scanner in try Contents(&scanner) }
    guard contents.format == RunFile.format else {
      throw CoordinatorError(.badData, "\(path): is no run file; write one: harness export RUN -o FILE")
    }
    guard contents.version == RunFile.currentVersion else {
      throw CoordinatorError(
        .badData,
        "\(path): is a run file of version \(contents.version.map { "\($0)" } ?? "unknown"), this harness reads version \(RunFile.currentVersion)"
      )
    }
    guard let headPlace = contents.places[.head], let blockPlace = contents.places[.blocks], let trialPlace = contents.places[.trials]
    else { throw CoordinatorError(.badData, "\(path): has no head, no blocks or no trials; export the run again") }
    do {
      head = try JSONDecoder().decode(RunFile.Head.self, from: data.subdata(in: headPlace))
    } catch {
      throw CoordinatorError(.badData, "\(path): its head is none of a run (\(explanation(error)))")
    }
    // It becomes a folder's name.
    guard RunFile.isRunName(head.run.id) else {
      throw CoordinatorError(
        .badData,
        "\(path): names its run \"\(head.run.id.prefix(80))\"; a name has letters, digits, \"-\", \"_\" and \".\" and begins with none of these signs"
      )
    }
    if let problem = head.problem { throw CoordinatorError(.badData, "\(path): head.\(problem); export the run again") }
    let texts = RunTexts(contents.texts)
    self.texts = texts
    isWorkload = texts.marks(head.workloads.map(\.name))
    isRuntime = texts.marks(head.runtimes.map(\.name))
    blocks = Rows(
      offset: blockPlace.lowerBound, columns: try Self.order(contents.blockColumns, among: BlockColumn.allCases.map(\.name), path))
    trials = Rows(
      offset: trialPlace.lowerBound,
      columns: try Self.order(
        contents.columns, among: TrialColumn.allCases.map(\.name), mayLack: Set((TrialColumn.ofLoad + TrialColumn.ofHeld).map(\.name)), path
      ))
  }

  /// Every block, in the order of measuring.
  func eachBlock(_ body: (_ workload: Int, _ number: Int64, _ finishedAttempt: Int64?, _ purpose: Int) throws -> Void) throws {
    var row = [Int64](repeating: TrialRow.absent, count: BlockColumn.allCases.count)
    var nothing: [(name: Int, nanoseconds: Int64)] = []
    var none = RepetitionRow()
    try Self.scanning(data, path) { scanner in
      scanner.move(to: blocks.offset)
      try scanner.expect("[")
      var isFirst = true
      while try scanner.hasItem(isFirst: isFirst) {
        isFirst = false
        try Self.row(&scanner, blocks.columns, into: &row, &nothing, &none)
        let workload = row[BlockColumn.workload.rawValue], number = row[BlockColumn.number.rawValue]
        let attempt = row[BlockColumn.finishedAttempt.rawValue], purpose = row[BlockColumn.purpose.rawValue]
        guard (0..<Int64(texts.all.count)).contains(purpose), nothing.isEmpty, none.isEmpty, isWorkload.has(workload),
          (0...Int64(Int32.max)).contains(number), attempt <= Int64(Int32.max)
        else {
          throw scanner.error("a block of no workload of this run, or without a number or purpose")
        }
        try body(Int(workload), number, attempt == TrialRow.absent ? nil : attempt, Int(purpose))
      }
    }
  }

  /// Every trial in the file's order, checked; moments are absolute.
  func eachTrial(_ body: (borrowing TrialRow) throws -> Void) throws {
    var trial = TrialRow()
    try Self.scanning(data, path) { scanner in
      scanner.move(to: trials.offset)
      try scanner.expect("[")
      var isFirst = true
      while try scanner.hasItem(isFirst: isFirst) {
        isFirst = false
        try Self.row(&scanner, trials.columns, into: &trial.values, &trial.phases, &trial.repetitions)
        if let problem = check(&trial) { throw scanner.error(problem) }
        try body(trial)
      }
    }
  }

  /// Every trial as `eachTrial` gives it, some at a time (the last time fewer), read ahead by a thread of its own: reading a run takes a
  /// third as long as storing it.
  func eachBatch(of size: Int, _ body: ([TrialRow]) throws -> Void) throws {
    try ReadAhead.each(
      { give in
        var batch: [TrialRow] = []
        try eachTrial { row in
          batch.append(copy row)
          if batch.count == size {
            try give(batch)
            batch.removeAll(keepingCapacity: true)
          }
        }
        if !batch.isEmpty { try give(batch) }
      }, body)
  }

  // MARK: Rows

  private static let checked = TrialColumn.allCases.map { (place: $0.rawValue, mayBeNull: $0.mayBeNull, mayBeNegative: $0.mayBeNegative) }

  /// What is wrong with a row, or nil. Makes its moments absolute.
  private func check(_ trial: inout TrialRow) -> String? {
    for column in Self.checked {
      let value = trial.values[column.place]
      if value == TrialRow.absent {
        if !column.mayBeNull { return "\"\(TrialColumn.allCases[column.place].name)\" cannot be null" }
      } else if value < 0, !column.mayBeNegative {
        return "\"\(TrialColumn.allCases[column.place].name)\" is \(value): no worker measures that"
      }
    }
    guard isWorkload.has(trial[.workload]) else { return "a trial of no workload of this run" }
    guard isRuntime.has(trial[.runtime]) else { return "a trial of no runtime of this run" }
    guard texts.outcome(trial[.outcome]) != nil else { return "an outcome this version does not know" }
    guard texts.source(trial[.memorySource]) != nil else { return "a memory source this version does not know" }
    guard trial[.detail] < texts.all.count else { return "a detail that is no text of this file" }
    guard max(trial[.block], trial[.attempt], trial[.position]) <= Int64(Int32.max) else {
      return "a block, attempt or position beyond all bounds"
    }
    for column in [TrialColumn.firstByte, .exited, .reaped, .executed, .ended] where trial[column] != TrialRow.absent {
      let (moment, overflow) = trial[.spawned].addingReportingOverflow(trial[column])
      guard !overflow, moment >= 0 else { return "a moment beyond all bounds" }
      trial[column] = moment
    }
    let isLoad = trial[.latencyP50] != TrialRow.absent
    for column in TrialColumn.ofLoad where (trial[column] != TrialRow.absent) != isLoad { return "a part of a load's latencies" }
    for phase in trial.phases where !texts.all.indices.contains(phase.name) || phase.nanoseconds < 0 {
      return "a phase without a name or of negative length"
    }
    if let problem = trial.repetitions.problem(texts) { return problem }
    return nil
  }

  /// One row: a value a column, then pairs of a phase's name and nanoseconds, then a list of what was told of repetitions.
  private static func row(
    _ scanner: inout JSONScanner, _ columns: [Int], into values: inout [Int64], _ phases: inout [(name: Int, nanoseconds: Int64)],
    _ repetitions: inout RepetitionRow
  ) throws(JSONError) {
    try scanner.expect("[")
    for (place, column) in columns.enumerated() {
      if place > 0 { try scanner.expect(",") }
      values[column] = try scanner.integer() ?? TrialRow.absent
    }
    phases.removeAll(keepingCapacity: true)
    repetitions.values.removeAll(keepingCapacity: true)
    while scanner.take(",") {
      if scanner.take("[") {
        repeat { repetitions.values.append(try scanner.integer() ?? TrialRow.absent) } while scanner.take(",")
        try scanner.expect("]")
        break
      }
      guard let name = try scanner.integer() else { throw scanner.error("a phase's name cannot be null") }
      try scanner.expect(",")
      guard let nanoseconds = try scanner.integer() else { throw scanner.error("a phase's time cannot be null") }
      phases.append((Int(name), nanoseconds))
    }
    try scanner.expect("]")
  }

  /// Of which of our columns a row's values are.
  private static func order(_ names: [String], among known: [String], mayLack: Set<String> = [], _ path: String) throws -> [Int] {
    let formerly = TrialColumn.allCases.reduce(into: [:]) { names, column in names[column.formerName ?? ""] = column.name }
    let names = names.map { formerly[$0] ?? $0 }
    let order = names.compactMap { known.firstIndex(of: $0) }
    let strange = names.filter { !known.contains($0) }, absent = known.filter { !names.contains($0) && !mayLack.contains($0) }
    guard strange.isEmpty, absent.isEmpty, Set(order).count == order.count else {
      let what = strange.isEmpty ? absent.isEmpty ? "columns twice" : "no column \(absent[0])" : "an unknown column \(strange[0])"
      throw CoordinatorError(.badData, "\(path): has \(what); it was written by another version of harness")
    }
    return order
  }

  /// Runs a scanner over the file; what is wrong in it gets its place.
  private static func scanning<Value>(_ data: Data, _ path: String, _ body: (inout JSONScanner) throws -> Value) throws -> Value {
    do {
      return try data.withUnsafeBytes { bytes in
        var scanner = JSONScanner(bytes.bindMemory(to: UInt8.self))
        return try body(&scanner)
      }
    } catch let error as JSONError {
      throw CoordinatorError(.badData, "\(path):\(error.line):\(error.column): \(error.message)")
    }
  }
}

/// The members of a run file: small ones read, large ones only found.
private struct Contents {
  var format: String?
  var version: Int64?
  var texts: [String] = []
  var columns: [String] = []
  var blockColumns: [String] = []
  var places: [RunFile.Member: Range<Int>] = [:]

  init(_ scanner: inout JSONScanner) throws {
    try scanner.expect("{")
    var isFirst = true
    while let name = try scanner.memberName(isFirst: isFirst) {
      isFirst = false
      switch RunFile.Member(rawValue: name) {
      case .format: format = try scanner.string()
      case .version: version = try scanner.integer()
      case .texts: texts = try Self.strings(&scanner)
      case .columns: columns = try Self.strings(&scanner)
      case .blockColumns: blockColumns = try Self.strings(&scanner)
      case .some(let member): places[member] = try scanner.value()
      case nil: _ = try scanner.value()
      }
    }
    guard scanner.isAtEnd else { throw scanner.error("text after the end of the document") }
  }

  private static func strings(_ scanner: inout JSONScanner) throws -> [String] {
    try scanner.expect("[")
    var strings: [String] = []
    while try scanner.hasItem(isFirst: strings.isEmpty) { strings.append(try scanner.string()) }
    return strings
  }
}

extension RunTexts {
  /// For every text whether it is one of these.
  fileprivate func marks(_ names: [String]) -> [Bool] {
    let names = Set(names)
    return all.map(names.contains)
  }

  fileprivate func outcome(_ number: Int64) -> Outcome? { number < outcomes.count ? outcomes[Int(number)] : nil }
  fileprivate func source(_ number: Int64) -> MemorySource? { number < sources.count ? sources[Int(number)] : nil }
}

extension [Bool] {
  fileprivate func has(_ number: Int64) -> Bool { number >= 0 && number < count && self[Int(number)] }
}

/// What a decoder could not read, in one line.
private func explanation(_ error: any Error) -> String {
  func place(_ context: DecodingError.Context) -> String { context.codingPath.map(\.stringValue).joined(separator: ".") }
  return switch error {
  case DecodingError.keyNotFound(let key, let context):
    "\((context.codingPath.map(\.stringValue) + [key.stringValue]).joined(separator: ".")) is missing"
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context): "\(place(context)) is of another kind"
  case DecodingError.dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
  default: "\(error)"
  }
}

import Foundation
import Observations

/// Writes a run file, a row at a time.
final class RunFileWriter {
  private static let chunk = 1 << 20

  private let path: String
  private let descriptor: CInt
  private var buffer: [UInt8] = []
  /// What rows name by number; whoever makes the rows adds to it.
  var texts = RunTexts()
  private var isFirstRow = true
  private let columns: [TrialColumn]

  /// - Parameters:
  ///   - path: for messages.
  ///   - descriptor: written to, and left open.
  init(_ path: String, descriptor: CInt, head: RunFile.Head) throws {
    self.path = path
    self.descriptor = descriptor
    // A million trials without a load are not to carry a dozen nulls each.
    let hasLoads = head.workloads.contains { $0.load != nil }, hasHeld = head.workloads.contains { $0.density != nil }
    columns = TrialColumn.allCases.filter { (hasLoads || !$0.isOfLoad) && (hasHeld || !$0.isOfHeld) }
    buffer.reserveCapacity(Self.chunk + 4096)
    append("{\n\"format\":\(try json(RunFile.format)),\n\"version\":\(RunFile.currentVersion),\n\"head\":\(try json(head)),\n")
    append("\"blockColumns\":\(try json(BlockColumn.allCases.map(\.name))),\n\"blocks\":[")
  }

  func block(workload: String, number: Int, finishedAttempt: Int?, purpose: String) throws {
    beginRow()
    append(Int64(texts.number(of: workload)))
    buffer.append(UInt8(ascii: ","))
    append(Int64(number))
    buffer.append(UInt8(ascii: ","))
    append(finishedAttempt.map(Int64.init) ?? TrialRow.absent)
    buffer.append(UInt8(ascii: ","))
    append(Int64(texts.number(of: purpose)))
    try endRow()
  }

  /// After the last block.
  func beginTrials() throws {
    append("\n],\n\"columns\":\(try json(columns.map(\.name))),\n\"trials\":[")
    isFirstRow = true
  }

  /// - Parameter row: with absolute moments.
  func trial(_ row: borrowing TrialRow) throws {
    beginRow()
    let spawned = row[.spawned]
    for column in columns {
      if column.rawValue > 0 { buffer.append(UInt8(ascii: ",")) }
      let value = row.values[column.rawValue]
      append(column.isRelative && value != TrialRow.absent ? value - spawned : value)
    }
    for phase in row.phases {
      buffer.append(UInt8(ascii: ","))
      append(Int64(phase.name))
      buffer.append(UInt8(ascii: ","))
      append(phase.nanoseconds)
    }
    if !row.repetitions.isEmpty {
      buffer.append(contentsOf: [UInt8(ascii: ","), UInt8(ascii: "[")])
      for (place, value) in row.repetitions.values.enumerated() {
        if place > 0 { buffer.append(UInt8(ascii: ",")) }
        append(value)
      }
      buffer.append(UInt8(ascii: "]"))
    }
    try endRow()
  }

  /// After the last trial.
  func finish() throws {
    append("\n],\n\"texts\":\(try json(texts.all))\n}\n")
    try flush()
  }

  // MARK: Bytes

  private func beginRow() {
    append(isFirstRow ? "\n[" : ",\n[")
    isFirstRow = false
  }

  private func endRow() throws {
    buffer.append(UInt8(ascii: "]"))
    if buffer.count >= Self.chunk { try flush() }
  }

  private func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

  /// Decimal digits, or `null`.
  private func append(_ value: Int64) {
    if value == TrialRow.absent {
      buffer.append(contentsOf: [UInt8(ascii: "n"), UInt8(ascii: "u"), UInt8(ascii: "l"), UInt8(ascii: "l")])
      return
    }
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = buffer.count
    repeat {
      buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    buffer[start...].reverse()
  }

  private func flush() throws {
    var written = 0
    try buffer.withUnsafeBytes { bytes in
      while written < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
        if count < 0 {
          if errno == EINTR { continue }
          throw CoordinatorError(.inputOutput, "\(path): cannot be written (\(String(cString: strerror(errno))))")
        }
        written += count
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func json(_ value: some Encodable) throws -> String { try JSONColumn.text(value) }
}

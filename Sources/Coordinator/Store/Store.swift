import Foundation
import GRDB
import Observations

/// Every run, on disk as it arrives: a SQLite database in write-ahead mode.
///
/// Each event is one transaction. With `synchronous = NORMAL` a killed process loses nothing that was committed, and trials are not
/// disturbed by a disk flush each; only a power cut may take the last seconds.
/// Recording the same trial twice changes nothing. Of a block measured more than once, the highest finished attempt counts.
public final class Store {
  /// The database file.
  public let path: String
  let queue: DatabaseQueue
  private var copy: ReadableCopy?

  /// Opens the database for measuring, making it (and its folder) if absent.
  /// - Parameter patience: seconds to wait for a lock another program holds.
  /// - Throws: `CoordinatorError`: `.cannotCreate`, `.badData` (corrupt, newer, or another program's), `.busy`, `.inputOutput`.
  public convenience init(at path: String, patience: Double = 5) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CoordinatorError(
        .cannotCreate, "\(folder): the results folder cannot be made (\(systemReason(error))); give another: --results DIR")
    }
    try self.init(path: path, readOnly: false, patience: patience)
  }

  /// Opens an existing database for reading.
  /// - Throws: `CoordinatorError`, as above, and `.missing` where there is none.
  public static func forReading(_ path: String) throws -> Store {
    guard FileManager.default.fileExists(atPath: path) else {
      throw CoordinatorError(
        .missing, "\(path): no such database; measure first (harness run scenarios/startup.yaml) or name it (--results)")
    }
    do {
      return try Store(path: path, readOnly: true, patience: 5)
    } catch let error as CoordinatorError where error.reason == .cannotCreate {
      // A database in write-ahead mode needs files beside it even to be read; where there is no place for them, a copy is read.
      return try Store(path: try ReadableCopy(of: path), named: path)
    }
  }

  private convenience init(path copy: ReadableCopy, named path: String) throws {
    try self.init(path: copy.path, readOnly: true, patience: 5, named: path)
    self.copy = copy
  }

  private init(path file: String, readOnly: Bool, patience: Double, named path: String? = nil) throws {
    let path = path ?? file
    self.path = path
    var configuration = Configuration()
    configuration.journalMode = readOnly ? .default : .wal
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      if !readOnly { try database.execute(sql: "PRAGMA synchronous = NORMAL") }
    }
    queue = try Store.explained(path) { try DatabaseQueue(path: file, configuration: configuration) }
    try Store.explained(path) {
      let migrator = StoreSchema.migrator()
      try queue.read { database in
        let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard tables.isEmpty || application == StoreSchema.applicationID else {
          throw CoordinatorError(.badData, "\(path): is a database of another program; give another file: --results DIR")
        }
        if readOnly, tables.isEmpty { throw CoordinatorError(.missing, "\(path): holds no run yet") }
        if try migrator.hasBeenSuperseded(database) {
          throw CoordinatorError(
            .badData, "\(path): was written by a newer harness; update this one, or give another place for results: --results DIR")
        }
      }
      if !readOnly { try migrator.migrate(queue) }
    }
  }

  /// Folder of a run's files (job, log, report), beside the database.
  public func folder(of run: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(run).path
  }

  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Store.explained(path) { try queue.write(body) }
  }

  func writeWithoutTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Store.explained(path) { try queue.writeWithoutTransaction(body) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Store.explained(path) { try queue.read(body) }
  }

  /// Turns SQLite's errors into ours.
  private static func explained<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw explanation(of: error, path: path)
    }
  }

  static func explanation(of error: DatabaseError, path: String) -> CoordinatorError {
    let words = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_NOTADB:
      return CoordinatorError(.badData, "\(path): is not a database; move it away or give another place: --results DIR")
    case .SQLITE_CORRUPT:
      return CoordinatorError(
        .badData, "\(path): is damaged (\(words)); rescue what can be read (sqlite3 \(path) .recover) and give another place: --results DIR"
      )
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return CoordinatorError(.cannotCreate, "\(path): cannot be written (\(words)); make it writable or give another place: --results DIR")
    case .SQLITE_CANTOPEN:
      return CoordinatorError(
        .cannotCreate, "\(path): cannot be opened (\(words)); is its folder writable? Give another place: --results DIR")
    case .SQLITE_FULL:
      return CoordinatorError(.inputOutput, "\(path): the disk is full; free some space, nothing stored so far is lost")
    case .SQLITE_IOERR:
      return CoordinatorError(
        .inputOutput, "\(path): reading or writing failed (\(words)); is the disk full? Nothing stored so far is lost")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return CoordinatorError(.busy, "\(path): another program holds it locked; try again when that one is done")
    default:
      return CoordinatorError(.defect, "\(path): the database refused a statement of ours (\(error))")
    }
  }
}

/// A copy of a database and of what is not yet folded into it, for as long as it is read.
private final class ReadableCopy {
  private let folder: URL
  var path: String { folder.appendingPathComponent("copy.sqlite").path }

  init(of path: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("harness-copy-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: self.path + suffix)
      }
    } catch {
      throw CoordinatorError(
        .cannotCreate, "\(path): can be read neither in place nor from a copy in \(folder.path) (\(systemReason(error)))")
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

/// Values kept as JSON text in a column.
enum JSONColumn {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ type: Value.Type, _ text: String, in path: String, _ place: String) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw CoordinatorError(.badData, "\(path): \(place) holds JSON this version cannot read (\(error))")
    }
  }
}

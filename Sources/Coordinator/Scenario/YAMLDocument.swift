import Foundation
import Yams

/// A YAML file being read: its node tree and every problem found on the way.
///
/// Readers go on after a problem, so that one look at a file tells everything that is wrong with it.
final class YAMLDocument {
  /// Larger files are not configuration; refusing them keeps a wrong path from being read into memory.
  static let maximumBytes = 1 << 20

  /// The file's path as the user gave it.
  let path: String
  private(set) var problems: [Problem] = []

  struct Problem: Comparable {
    var line: Int
    var column: Int
    var what: String
    static func < (left: Problem, right: Problem) -> Bool { (left.line, left.column) < (right.line, right.column) }
  }

  init(path: String) {
    self.path = path
  }

  /// Reads the file and gives its top mapping.
  /// - Throws: `CoordinatorError` when the file cannot be read, is no YAML, or is no mapping.
  func root() throws -> Node.Mapping {
    let text = try read()
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw CoordinatorError(.badData, "\(path):1:1: the file is empty")
      }
      guard let mapping = node.mapping else {
        throw CoordinatorError(.badData, "\(path):\(position(of: node)): expected keys and values at the top, found \(kind(of: node))")
      }
      return mapping
    } catch let error as YamlError {
      throw CoordinatorError(.badData, "\(path):\(explanation(of: error, in: text))")
    }
  }

  func problem(_ what: String, at node: Node) {
    problems.append(Problem(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, what: what))
  }

  func problem(_ what: String, at mapping: Node.Mapping) {
    problems.append(Problem(line: mapping.mark?.line ?? 1, column: mapping.mark?.column ?? 1, what: what))
  }

  /// - Throws: `CoordinatorError` with every problem of the file, one line each, in the file's order.
  func throwProblems() throws {
    guard !problems.isEmpty else { return }
    throw CoordinatorError(.badData, lines: problems.sorted().map { "\(path):\($0.line):\($0.column): \($0.what)" })
  }

  private func read() throws -> String {
    let data: Data
    do {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      guard size <= Self.maximumBytes else {
        throw CoordinatorError(.badData, "\(path): \(size) bytes is too large for a file of settings (at most \(Self.maximumBytes))")
      }
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch let error as CoordinatorError {
      throw error
    } catch {
      throw CoordinatorError(.badData, "\(path): cannot be read (\(systemReason(error)))")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw CoordinatorError(.badData, "\(path):1:1: not UTF-8 text")
    }
    return text
  }

  private func position(of node: Node) -> String { "\(node.mark?.line ?? 1):\(node.mark?.column ?? 1)" }

  private func explanation(of error: YamlError, in text: String) -> String {
    if let repeated = RepeatedKey(error, in: text) {
      let place = repeated.second ?? repeated.first
      let name = String(repeated.name.prefix(40)).debugDescription
      return "\(place.line):\(place.column): the key \(name) again, first in line \(repeated.first.line); keep one of them"
    }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let around = context.map { " \($0.text) that began at line \($0.mark.line)" } ?? ""
      return "\(mark.line):\(mark.column): not valid YAML: \(problem)\(around)"
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0)
      let line = before.count { $0.isNewline } + 1
      let column = before.split(separator: "\n", omittingEmptySubsequences: false).last.map { $0.count + 1 } ?? 1
      return "\(line):\(column): not valid YAML: \(problem)"
    default:
      return "1:1: not valid YAML: \(error)"
    }
  }
}

/// What a node is, in words.
func kind(of node: Node) -> String {
  switch node {
  case .scalar(let scalar) where scalar.string.isEmpty && scalar.style == .plain: "nothing"
  case .scalar(let scalar): "\"\(scalar.string.prefix(40))\""
  case .mapping: "keys and values"
  case .sequence: "a list"
  case .alias: "an alias"
  }
}

/// The system's own words for an error, without the file name Foundation puts around them.
public func systemReason(_ error: any Error) -> String {
  if let posix = error as? POSIXError { return String(cString: strerror(posix.code.rawValue)) }
  let cocoa = error as NSError
  if let underlying = cocoa.userInfo[NSUnderlyingErrorKey] as? any Error { return systemReason(underlying) }
  if cocoa.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cocoa.code))) }
  switch CocoaError.Code(rawValue: cocoa.code) {
  case .fileNoSuchFile, .fileReadNoSuchFile: return "no such file"
  case .fileReadNoPermission, .fileWriteNoPermission: return "permission denied"
  default: return cocoa.localizedDescription
  }
}

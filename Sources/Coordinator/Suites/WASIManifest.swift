import Foundation
import JSON

/// What `NAME.json` beside a test of the WASI test suite says: how to start it and what it must answer. There are two forms, the
/// older one with the answer beside the start, the newer one with operations one after the other; without a file the defaults hold.
struct WASIManifest: Equatable {
  var arguments: [String] = []
  var environment: [String: String] = [:]
  /// Relative to the manifest's folder.
  var root: String?
  /// What is written to standard input.
  var input = ""
  /// What the two streams begin with.
  var output = ""
  var errors = ""
  var exitCode: Int32 = 0
  /// Why a bare run cannot be this test, for instance a server that it needs; nil where it can.
  var obstacle: String?
}

extension WASIManifest {
  /// - Throws: `CoordinatorError.badData` that says where and what.
  static func read(_ path: String) throws(CoordinatorError) -> WASIManifest {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw CoordinatorError(.badData, "\(path): cannot be read")
    }
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONValue(reading: Array(data))
    } catch {
      throw CoordinatorError(.badData, "\(path):\(error.line):\(error.column): \(error.message)")
    }
    do throws(Fault) {
      return try WASIManifest(document)
    } catch {
      throw CoordinatorError(.badData, "\(path): \(error.text)")
    }
  }

  /// What is wrong with a manifest, without its path.
  struct Fault: Error { var text: String }

  private enum LegacyKey: String, CaseIterable { case args, root, env, exit_code, stdout, stderr }
  private enum Key: String, CaseIterable { case operations, proposals, world, servers }

  init(_ document: JSONValue) throws(Fault) {
    guard let members = document.members else { throw Fault(text: "must be an object, {…}") }
    let names = Set(members.map(\.name))
    let old = Set(LegacyKey.allCases.map(\.rawValue)), new = Set(Key.allCases.map(\.rawValue))
    if let unknown = names.subtracting(old).subtracting(new).min() {
      throw Fault(text: "unknown member \"\(unknown)\"\(suggestion(for: unknown, among: (old.union(new)).sorted()))")
    }
    guard names.isDisjoint(with: old) || names.isDisjoint(with: new) else {
      throw Fault(
        text: "mixes the older form (\(names.intersection(old).sorted().joined(separator: ", "))) with operations; use one of them")
    }
    if names.isDisjoint(with: new) {
      try start(document)
      output = try Self.text(document, "stdout") ?? ""
      errors = try Self.text(document, "stderr") ?? ""
      exitCode = try Self.status(document)
    } else {
      try take(document)
    }
  }

  // MARK: Operations

  private mutating func take(_ document: JSONValue) throws(Fault) {
    if let world = try Self.text(document, "world"), world != "wasi:cli/command" {
      obstacle = "needs the world \(world), preview 1 has commands only"
    }
    let proposals = try Self.list(document, "proposals").map { $0.string ?? "?" }
    if !proposals.isEmpty { obstacle = "needs \(proposals.joined(separator: " and ")), which preview 1 does not have" }
    if !(try Self.list(document, "servers")).isEmpty { obstacle = "needs a server, to which preview 1 cannot connect" }
    var runs = 0
    var isRunning = false
    var connections: Set<String> = []
    for operation in try Self.list(document, "operations") {
      guard let type = operation["type"]?.string else { throw Fault(text: "an operation has no \"type\"") }
      guard type == "run" || isRunning else { throw Fault(text: "the operation \(type) comes without a \"run\" before it") }
      switch type {
      case "run":
        guard !isRunning else { throw Fault(text: "a \"run\" needs a \"wait\" before the next one") }
        isRunning = true
        runs += 1
        try start(operation)
      case "wait":
        isRunning = false
        exitCode = try Self.status(operation)
        connections = []
      case "read":
        let payload = try Self.text(operation, "payload") ?? ""
        switch try Self.text(operation, "id") ?? "stdout" {
        case "stdout": output += payload
        case "stderr": errors += payload
        case let other: throw Fault(text: "the operation read names the stream \"\(other)\"; it must be stdout or stderr")
        }
      case "write":
        let stream = try Self.text(operation, "id") ?? ""
        guard stream == "stdin" else { throw Fault(text: "the operation write names the stream \"\(stream)\"; it must be stdin") }
        input += try Self.text(operation, "payload") ?? ""
      case "connect":
        let name = try Self.text(operation, "id") ?? "server"
        guard connections.insert(name).inserted else { throw Fault(text: "two operations connect are called \"\(name)\"") }
      case "send", "recv":
        guard let name = try Self.text(operation, "id") else { throw Fault(text: "the operation \(type) needs an \"id\"") }
        guard connections.contains(name) else {
          throw Fault(text: "the operation \(type) names \"\(name)\", which no connect before it opens")
        }
      case "request", "kill": break
      default:
        throw Fault(text: "unknown operation \"\(type)\"\(suggestion(for: type, among: Self.operations))")
      }
      if !Self.bare.contains(type) { obstacle = obstacle ?? "has the operation \(type), which guests of preview 1 have no use for" }
    }
    guard !isRunning else { throw Fault(text: "the last \"run\" has no \"wait\" after it") }
    // What starts nothing would pass with whatever answer its module gives by itself.
    guard runs > 0 else { throw Fault(text: "\"operations\" has no \"run\"; a test needs at least one, with a \"wait\" after it") }
    if runs > 1 { obstacle = obstacle ?? "starts its module \(runs) times" }
  }

  /// Operations that make up a run of a command from its start to its end.
  private static let bare = ["run", "wait", "read", "write"]
  private static let operations = bare + ["connect", "send", "recv", "request", "kill"]

  private mutating func start(_ object: JSONValue) throws(Fault) {
    arguments = []
    for argument in try Self.list(object, "args") {
      guard let text = argument.string else { throw Fault(text: "\"args\" must be a list of texts") }
      arguments.append(text)
    }
    environment = [:]
    if let value = object["env"], !value.isNull {
      guard let variables = value.members else { throw Fault(text: "\"env\" must be an object of texts") }
      for variable in variables {
        guard let text = variable.value.string, !variable.name.isEmpty, !variable.name.contains("=") else {
          throw Fault(text: "\"env\": \"\(variable.name)\" must be the name of a variable, and its value a text")
        }
        environment[variable.name] = text
      }
    }
    root = try Self.text(object, "root")
    if let root, root.hasPrefix("/") || root.split(separator: "/").contains("..") {
      throw Fault(text: "\"root\" is \"\(root)\", and must be a folder beside the manifest")
    }
  }

  // MARK: Members

  private static func text(_ object: JSONValue, _ name: String) throws(Fault) -> String? {
    guard let value = object[name], !value.isNull else { return nil }
    guard let text = value.string else { throw Fault(text: "\"\(name)\" must be a text") }
    return text
  }

  private static func list(_ object: JSONValue, _ name: String) throws(Fault) -> [JSONValue] {
    guard let value = object[name], !value.isNull else { return [] }
    guard let list = value.array else { throw Fault(text: "\"\(name)\" must be a list") }
    return list
  }

  private static func status(_ object: JSONValue) throws(Fault) -> Int32 {
    guard let value = object["exit_code"], !value.isNull else { return 0 }
    guard let code = value.integer, (-128...255).contains(code) else { throw Fault(text: "\"exit_code\" must be an exit code, 0 to 255") }
    return Int32(code)
  }
}

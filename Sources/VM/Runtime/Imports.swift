/// Something an instance imports or exports.
public enum External: Sendable {
  case function(Function)
  case table(Table)
  case memory(Memory)
  case global(Global)
}

/// What a module can import, by module and name.
public struct Imports: Sendable {
  /// By the names' bytes: names that only look alike are different names, and Swift's string comparison would take them for one.
  private var modules: [[UInt8]: [[UInt8]: External]] = [:]

  public init() {}

  public mutating func define(_ module: String, _ name: String, _ value: External) {
    modules[Array(module.utf8), default: [:]][Array(name.utf8)] = value
  }

  public subscript(module: String, name: String) -> External? { modules[Array(module.utf8)]?[Array(name.utf8)] }

  /// Whether anything is defined under a module's name.
  public func contains(module: String) -> Bool { modules[Array(module.utf8)] != nil }
}

/// Why a module could not be instantiated (4.5.4).
public enum InstantiationError: Error, CustomStringConvertible {
  /// An import is unknown or of another type.
  case link(String)
  /// An initialiser or the start function trapped.
  case trap(Trap)

  public var description: String {
    switch self {
    case .link(let text): text
    case .trap(let trap): trap.description
    }
  }
}

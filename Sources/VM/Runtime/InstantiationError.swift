/// Why a module could not be instantiated (4.5.4).
public enum InstantiationError: Error, CustomStringConvertible {
  /// An import is unknown or of another type.
  case link(String)
  /// An initialiser or the start function trapped.
  case trap(Trap)
  /// There is no memory for what the module defines.
  case resource(ResourceError)

  public var description: String {
    switch self {
    case .link(let text): text
    case .trap(let trap): trap.description
    case .resource(let error): error.description
    }
  }
}

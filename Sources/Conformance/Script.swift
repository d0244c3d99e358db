import JSON
import VM

/// A specification test script, converted to JSON and modules beside it (the form of `wast2json` and `json-from-wast`).
struct Script {
  /// The `.wast` file's name.
  var source: String
  var commands: [Command]

  struct Command {
    /// In the `.wast` file.
    var line: Int
    /// The command's name, for instance `assert_return`.
    var type: String
    var kind: Kind
  }

  enum Kind {
    case module(ModuleFile, name: String?)
    /// Decodes and validates a module without instantiating it.
    case definition(ModuleFile, name: String?)
    /// Instantiates a definition.
    case instantiate(definition: String?, name: String?)
    case register(name: String?, as: String)
    case action(Action)
    case assertReturn(Action, [ExpectedValue])
    case assertTrap(Action, text: String)
    case assertExhaustion(Action, text: String)
    /// An exception leaves the function called.
    case assertException(Action)
    case assertInvalid(ModuleFile, text: String)
    case assertMalformed(ModuleFile, text: String)
    case assertUnlinkable(ModuleFile, text: String)
    case assertUninstantiable(ModuleFile, text: String)
    /// A command that the runner does not know or cannot perform.
    case unsupported(reason: String)
    /// A command that checks nothing as it stands: it fails.
    case meaningless(reason: String)

    /// Whether it is one of the assertions, which are what is counted as passed; the other commands prepare them.
    var isAssertion: Bool {
      switch self {
      case .module, .definition, .instantiate, .register, .action: false
      default: true
      }
    }
  }

  struct ModuleFile {
    /// Relative to the script's folder; nil if the module exists only as quoted text.
    var path: String?
    /// Whether the script quotes it as text; the file is then what a text parser made of it.
    var isText = false
  }

  struct Action {
    enum Operation {
      case invoke([Argument])
      case get
    }
    /// The name of the instance; nil for the latest one.
    var module: String?
    var field: String
    var operation: Operation
  }

  /// An argument, or a type that the machine has no values of.
  enum Argument {
    case value(Value)
    /// A number of the host's as an internal reference.
    case internalNumber(UInt64)
    case unsupported(String)
  }
}

/// A script that cannot be read: what and where.
public struct ScriptError: Error, CustomStringConvertible, Equatable {
  public var description: String
}

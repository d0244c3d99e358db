import VM

/// Calls everything that a module exports, with arguments drawn from a seed, and writes down what it saw as assertions of a specification
/// script, for another engine to agree with or not: results, traps, exceptions, globals, and a checksum of every memory.
///
/// A new instance is made for every round of calls, and where one is of no use any more. A call that ends for want of something that engines
/// have different amounts of is left out, and its instance with it: what comes after would depend on it.
public struct Witness {
  /// What the guests' memories, and their objects, may take: little, so that damaged modules cost little.
  private static let memoryBytes = 64 << 20

  private let module: Module
  private let limits: MachineLimits
  private let collectsAlways: Bool
  private var arguments: ArgumentSource
  private var text = ScriptText()
  public private(set) var tally = Tally()

  /// What was seen, in numbers.
  public struct Tally {
    public var calls = 0
    /// Calls among them that trapped, by the trap's words, in the order of their first occurrence.
    public var traps: [(words: String, count: Int)] = []
    public var exceptions = 0
    /// Calls that are not in the script, by the reason.
    public var leftOut: [(words: String, count: Int)] = []
    /// Calls that were not made, because no value can be written for a parameter.
    public var uncallable = 0
  }

  /// - Parameters:
  ///   - bytes: the module; what it imports is made up (`Imports.stubs`), so that only a script for a module without imports means something.
  ///   - seed: arguments are drawn from it.
  ///   - fuel: instructions that an instance may execute; nil for as many as it likes, which are not counted then.
  ///   - collectsAlways: see `Store.collectsAlways`.
  ///   - tier: when functions are compiled; nil leaves them to the interpreter.
  public init(
    bytes: ModuleBytes, features: Features, seed: UInt64, fuel: UInt64?, collectsAlways: Bool, tier: CompilerTier? = nil
  ) throws(ModuleError) {
    module = try Module(bytes: bytes, features: features)
    if fuel != nil { module.countInstructions() }
    if let tier {
      do throws(ResourceError) { try module.enableCompilation(tier) } catch { throw ModuleError(.tooLarge, error.description) }
    }
    var limits = MachineLimits()
    limits.stackBytes = 1 << 20
    limits.heapBytes = Self.memoryBytes
    limits.fuel = fuel
    self.limits = limits
    self.collectsAlways = collectsAlways
    arguments = ArgumentSource(seed: seed)
    text.define(bytes)
  }

  /// Names of the operators in the functions that were called.
  public var calledOperators: [String] { module.calledOperators }

  /// The script so far.
  public var script: String { text.text }

  /// Calls every function so many times.
  /// - Throws: where a function that nobody called cannot be translated, which calls would have come upon as a trap.
  public mutating func testify(rounds: Int) throws(ModuleError) {
    let functions = module.exports.filter { $0.kind == .function }
    for round in 0..<rounds {
      guard let first = instantiate() else { break }
      var instance: Instance? = first
      // Each round begins with another function, which then finds a fresh instance.
      for position in functions.indices {
        guard let current = instance ?? instantiate() else { break }
        instance = call(functions[(position + round) % functions.count].name, current) ? current : nil
      }
      if let instance { inspect(instance) }
    }
    try module.translate()
  }

  /// Nil where the module cannot be instantiated.
  private mutating func instantiate() -> Instance? {
    do throws(InstantiationError) {
      let store: Store
      do throws(ResourceError) { store = try Store(limits: limits) } catch { throw .resource(error) }
      store.memoryBudget = MemoryBudget { Self.memoryBytes }
      store.collectsAlways = collectsAlways
      let instance = try Instance(module, imports: try .stubs(for: module, store: store), store: store)
      text.instantiate()
      return instance
    } catch {
      switch error {
      // Scripts have no assertion for a start function's exception.
      case .trap(let trap) where trap.isTheSameEverywhere && trap.reason != .uncaughtException:
        text.expectTrapOnInstantiation(trap)
        note(trap)
      default: tally.leftOut.count(error.description)
      }
      return nil
    }
  }

  /// False where the instance is of no use any more.
  private mutating func call(_ name: String, _ instance: Instance) -> Bool {
    guard case .function(let function) = instance[name] else { return true }
    guard let given = arguments.next(function.type.parameters) else {
      tally.uncallable += 1
      return true
    }
    do throws(Trap) {
      text.expect(name, given, try function.call(given))
      tally.calls += 1
    } catch {
      guard error.isTheSameEverywhere else {
        tally.leftOut.count(error.description)
        return false
      }
      text.expect(name, given, trap: error)
      note(error)
      // What ends with `unreachable` has used up its own fuel, most of the time.
      guard error.reason != .unreachable else {
        inspect(instance)
        return false
      }
    }
    return true
  }

  /// What the calls have left behind.
  private mutating func inspect(_ instance: Instance) {
    for export in instance.module.exports {
      switch instance[export.name] {
      case .global(let global): text.expectGlobal(export.name, global.value)
      case .memory(let memory): text.expectMemory(export.name, memory)
      default: break
      }
    }
  }

  private mutating func note(_ trap: Trap) {
    tally.calls += 1
    if trap.reason == .uncaughtException { tally.exceptions += 1 } else { tally.traps.count(trap.kind) }
  }
}

extension Trap {
  /// Whether every engine ends such a call this way.
  fileprivate var isTheSameEverywhere: Bool {
    switch reason {
    case .stackOverflow, .heapExhausted, .fuelExhausted, .interrupted, .host, .exit: false
    default: true
    }
  }

  /// Its words without numbers.
  fileprivate var kind: String {
    if case .uninitializedElement = reason { return "uninitialized element" }
    return description
  }
}

extension [(words: String, count: Int)] {
  fileprivate mutating func count(_ words: String) {
    if let index = firstIndex(where: { $0.words == words }) { self[index].count += 1 } else { append((words, 1)) }
  }
}

/// An instance of a module (4.2.6), as the host holds it: it keeps its store alive, and the store keeps everything the instance is made of.
public final class Instance: Sendable {
  let record: InstanceRecord
  /// Where the instance lives; one thread at a time may run in it.
  public let store: Store

  /// Shared with all its other instances.
  public var module: Module { record.module }

  /// Instantiates a module (4.5.4): links its imports, runs its initialisers, then its start function.
  ///
  /// What the module imports must be of the same store; only a memory can be shared with others. Instances live as long as their store,
  /// also one whose initialisers or start function trapped: its functions may stand in tables of others by then.
  public convenience init(_ module: Module, imports: Imports = Imports(), store: Store) throws(InstantiationError) {
    try self.init(preparing: module, imports: imports, store: store)
    do throws(Trap) { try start() } catch { throw .trap(error) }
  }

  /// Instantiates a module up to its start function: none of its code has run yet, and all that can be wrong with it is known. Nothing else
  /// may be called before `start`.
  public init(preparing module: Module, imports: Imports = Imports(), store: Store) throws(InstantiationError) {
    self.store = store
    do throws(ResourceError) {
      record = try InstanceRecord(module, store: store)
    } catch {
      throw .resource(error)
    }
    try record.link(imports)
    do throws(ResourceError) {
      try record.allocate()
    } catch {
      throw .resource(error)
    }
    do throws(Trap) {
      try record.initializeElements()
      try record.initializeData()
    } catch {
      throw .trap(error)
    }
  }

  /// Runs the module's start function, if it has one: the last step of instantiation.
  public func start() throws(Trap) {
    if let start = module.start { _ = try function(at: Int(start)).call() }
  }

  /// What the module exports under a name, or nil.
  public subscript(name: String) -> External? {
    module.exports.first { $0.name.utf8.elementsEqual(name.utf8) }.map(external)
  }

  private func external(_ export: Export) -> External {
    let index = Int(export.index)
    switch export.kind {
    case .function: return .function(function(at: index))
    case .table: return .table(Table(record.tables[index], store: store))
    case .memory: return .memory(record.memories[index])
    case .global: return .global(Global(record.global(at: index), store: store))
    case .tag: return .tag(Tag(record.tags[index], store: store))
    }
  }

  /// Calls an exported function by name.
  public func invoke(_ name: String, _ arguments: [Value] = []) throws(Trap) -> [Value] {
    guard case .function(let function) = self[name] else { throw Trap(.host("the module exports no function named \"\(name)\"")) }
    return try function.call(arguments)
  }

  private func function(at index: Int) -> Function { Function(record: record.record(function: index), store: store) }
}

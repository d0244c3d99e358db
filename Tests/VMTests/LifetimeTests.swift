import Testing

@testable import VM

/// Whatever the host still holds of a store works, and nothing is left when it holds nothing.
@Suite("Lifetimes")
struct LifetimeTests {
  /// f returns global 0, which is 7; table 0 has f; the module exports all three.
  private static let module: [UInt8] = {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([], [.i32]))])
    builder.section(3, items: [[0x00]])
    builder.section(4, items: [[0x70, 0x00, 0x01]])
    builder.section(5, items: [[0x00, 0x01]])
    builder.section(6, items: [[0x7F, 0x01, 0x41, 0x07, 0x0B]])
    builder.section(
      7, items: [string("f") + [0, 0], string("t") + [1, 0], string("m") + [2, 0], string("g") + [3, 0]])
    builder.section(9, items: [[0x00, 0x41, 0x00, 0x0B, 0x01, 0x00]])
    builder.section(10, items: [counted([0x00, 0x23, 0x00, 0x0B])])
    return builder.bytes
  }()

  /// An instance in a store that nobody else holds, and both without keeping them.
  private func make() throws -> (instance: Instance, store: Watch<Store>, record: Watch<InstanceRecord>) {
    let store = try Store()
    let instance = try Instance(Module(bytes: Self.module), store: store)
    return (instance, Watch(store), Watch(instance.record))
  }

  /// Whether an object lives.
  private struct Watch<Object: AnyObject> {
    private weak var object: Object?
    init(_ object: Object) { self.object = object }
    var lives: Bool { object != nil }
  }

  @Test func anInstanceKeepsItsStore() throws {
    var held: Instance?
    let (store, record): (Watch<Store>, Watch<InstanceRecord>)
    (held, store, record) = try make()
    #expect(store.lives && record.lives)
    #expect(try held?.invoke("f") == [.i32(7)])
    held = nil
    #expect(!store.lives && !record.lives)
  }

  @Test func aFunctionKeepsItsStore() throws {
    let (store, record, ended) = try {
      let (instance, store, record) = try make()
      guard case .function(let function) = try #require(instance["f"]) else { throw Trap(.host("f is no function")) }
      return (store, record, Optional(function))
    }()
    var held = ended
    #expect(store.lives && record.lives)
    #expect(try held?.call() == [.i32(7)])
    _ = consume ended
    held = nil
    #expect(!store.lives && !record.lives)
  }

  @Test func aTableAndItsElementsKeepTheStore() throws {
    var element: Value?
    let (store, record) = try {
      let (instance, store, record) = try make()
      guard case .table(let table) = try #require(instance["t"]) else { throw Trap(.host("t is no table")) }
      element = table.element(at: 0)
      return (store, record)
    }()
    #expect(store.lives && record.lives)
    guard case .funcref(let function?) = element else { throw Trap(.host("the element is no function")) }
    #expect(try function.call() == [.i32(7)])
    element = nil
    _ = consume function
    #expect(!store.lives && !record.lives)
  }

  @Test func aGlobalKeepsItsStore() throws {
    var held: Global?
    let (store, record) = try {
      let (instance, store, record) = try make()
      guard case .global(let global) = try #require(instance["g"]) else { throw Trap(.host("g is no global")) }
      held = global
      return (store, record)
    }()
    #expect(store.lives && record.lives)
    #expect(held?.value == .i32(7))
    try held?.set(.i32(8))
    #expect(held?.value == .i32(8))
    held = nil
    #expect(!store.lives && !record.lives)
  }

  @Test func aMemoryOutlivesItsStore() throws {
    var held: Memory?
    let store = try {
      let (instance, store, _) = try make()
      guard case .memory(let memory) = try #require(instance["m"]) else { throw Trap(.host("m is no memory")) }
      held = memory
      return store
    }()
    #expect(!store.lives)
    #expect(held?.bytes.byteCount == 65536)
    #expect(held?.bytes.base.load(as: UInt64.self) == 0)
  }

  /// An instance that another one's table refers to lives with the store, whoever lets go of it.
  @Test func whatTheHostLetsGoOfStaysUsableByOtherInstances() throws {
    let store = try Store()
    let table = try Table(
      type: TableType(element: .funcref, limits: Limits(minimum: 1, maximum: nil)), initial: .funcref(nil), store: store)
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([], [.i32]))])
    builder.section(2, items: [string("host") + string("t") + [0x01, 0x70, 0x00, 0x01]])
    builder.section(3, items: [[0x00]])
    builder.section(9, items: [[0x00, 0x41, 0x00, 0x0B, 0x01, 0x00]])
    builder.section(10, items: [counted([0x00, 0x41, 0x09, 0x0B])])
    var imports = Imports()
    imports.define("host", "t", .table(table))
    _ = try Instance(Module(bytes: builder.bytes), imports: imports, store: store)
    guard case .funcref(let function?) = table.element(at: 0) else { throw Trap(.host("the element is no function")) }
    #expect(try function.call() == [.i32(9)])
  }

  @Test func globalsAndTablesOfAnotherStoreCannotBeImported() throws {
    let other = try Store()
    var imports = Imports()
    imports.define("host", "g", .global(try Global(type: GlobalType(value: .i32, isMutable: false), value: .i32(1), store: other)))
    let type = TableType(element: .funcref, limits: Limits(minimum: 1, maximum: nil))
    imports.define("host", "t", .table(try Table(type: type, initial: .funcref(nil), store: other)))
    for imported in [string("g") + [0x03, 0x7F, 0x00], string("t") + [0x01, 0x70, 0x00, 0x01]] {
      var builder = ModuleBuilder()
      builder.section(2, items: [string("host") + imported])
      let module = try Module(bytes: builder.bytes)
      _ = try Instance(module, imports: imports, store: other)
      #expect(throws: InstantiationError.self) { try Instance(module, imports: imports, store: Store()) }
    }
  }
}

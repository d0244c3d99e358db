import Glibc
import Synchronization
import Testing

@testable import VM

/// Shared memories and atomic instructions on real threads: a store each, one memory.
@Suite("Threads")
struct ThreadTests {
  /// (import "m" "m" (memory 1 4 shared)), and three exports over it:
  /// "add" (i32 address, i32 times): adds 1 so many times, atomically; "wait" (address, expected, timeout) -> i32; "notify" (address, count) -> i32;
  /// "size" -> i32; "grow" i32 -> i32; "see" (address) -> i32: spins until the memory has more than one page, then loads a byte.
  private static let module: [UInt8] = {
    var builder = ModuleBuilder()
    builder.section(
      1,
      items: [
        functionType(FunctionType([.i32, .i32])), functionType(FunctionType([.i32, .i32, .i64], [.i32])),
        functionType(FunctionType([.i32, .i32], [.i32])), functionType(FunctionType([], [.i32])),
        functionType(FunctionType([.i32], [.i32])),
      ])
    builder.section(2, items: [string("m") + string("m") + [0x02, 0x03, 0x01, 0x04]])
    builder.section(3, items: [[0], [1], [2], [3], [4], [4]])
    builder.section(
      7,
      items: [
        string("add") + [0, 0], string("wait") + [0, 1], string("notify") + [0, 2], string("size") + [0, 3], string("grow") + [0, 4],
        string("see") + [0, 5],
      ])
    let add: [UInt8] = [
      0x00, 0x03, 0x40, 0x20, 0, 0x41, 1, 0xFE, 0x1E, 0x02, 0x00, 0x1A, 0x20, 1, 0x41, 1, 0x6B, 0x22, 1, 0x0D, 0, 0x0B, 0x0B,
    ]
    let wait: [UInt8] = [0x00, 0x20, 0, 0x20, 1, 0x20, 2, 0xFE, 0x01, 0x02, 0x00, 0x0B]
    let notify: [UInt8] = [0x00, 0x20, 0, 0x20, 1, 0xFE, 0x00, 0x02, 0x00, 0x0B]
    let size: [UInt8] = [0x00, 0x3F, 0x00, 0x0B]
    let grow: [UInt8] = [0x00, 0x20, 0, 0x40, 0x00, 0x0B]
    let see: [UInt8] = [0x00, 0x03, 0x40, 0x3F, 0x00, 0x41, 1, 0x46, 0x0D, 0, 0x0B, 0x20, 0, 0x2D, 0, 0, 0x0B]
    builder.section(10, items: [add, wait, notify, size, grow, see].map(counted))
    return builder.bytes
  }()

  private let memory = try! Memory(type: MemoryType(limits: Limits(minimum: 1, maximum: 4), isShared: true))

  private func instance() throws -> Instance {
    var imports = Imports()
    imports.define("m", "m", .memory(memory))
    return try Instance(Module(bytes: Self.module, features: .all), imports: imports, store: Store())
  }

  /// Runs `body` on so many threads at once and waits for all of them.
  private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    final class Work: Sendable {
      let index: Int
      let body: @Sendable (Int) -> Void
      init(_ index: Int, _ body: @escaping @Sendable (Int) -> Void) {
        self.index = index
        self.body = body
      }
    }
    var threads: [pthread_t] = []
    for index in 0..<count {
      var thread = pthread_t()
      let work = Unmanaged.passRetained(Work(index, body)).toOpaque()
      pthread_create(
        &thread, nil,
        { context in
          let work = Unmanaged<Work>.fromOpaque(context!).takeRetainedValue()
          work.body(work.index)
          return nil
        }, work)
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  @Test func `four threads count together and lose nothing`() throws {
    let instances = try (0..<4).map { _ in try instance() }
    onThreads(4) { index in _ = try? instances[index].invoke("add", [.i32(64), .i32(100_000)]) }
    #expect(memory.bytes.base.load(fromByteOffset: 64, as: UInt32.self) == 400_000)
  }

  @Test func `what another thread has added can be used as soon as it can be seen`() throws {
    let one = try instance()
    let other = try instance()
    let seen = Atomic<UInt32>(99)
    onThreads(2) { index in
      if index == 0 {
        if case .i32(let value)? = try? one.invoke("see", [.i32(65536 + 100)]).first {
          seen.store(value, ordering: .sequentiallyConsistent)
        }
      } else {
        usleep(20_000)
        _ = try? other.invoke("grow", [.i32(1)])
      }
    }
    #expect(seen.load(ordering: .sequentiallyConsistent) == 0)
  }

  @Test func `waiting ends by notification, in the order of coming`() throws {
    let waiter = try instance()
    let other = try instance()
    let outcome = Atomic<UInt32>(99)
    onThreads(2) { index in
      if index == 0 {
        if case .i32(let value)? = try? waiter.invoke("wait", [.i32(8), .i32(0), .i64(UInt64(bitPattern: -1))]).first {
          outcome.store(value, ordering: .sequentiallyConsistent)
        }
      } else {
        // Until somebody waits there is nobody to wake.
        while (try? other.invoke("notify", [.i32(8), .i32(5)])) == [.i32(0)] { usleep(1000) }
      }
    }
    let seen = outcome.load(ordering: .sequentiallyConsistent)
    #expect(seen == 0)
  }

  @Test func `waiting ends at once for another value, and in time without notification`() throws {
    let instance = try instance()
    #expect(try instance.invoke("wait", [.i32(16), .i32(7), .i64(1_000_000_000)]) == [.i32(1)])
    #expect(try instance.invoke("wait", [.i32(16), .i32(0), .i64(1_000_000)]) == [.i32(2)])
    #expect(try instance.invoke("notify", [.i32(16), .i32(1)]) == [.i32(0)])
    #expect { try instance.invoke("wait", [.i32(18), .i32(0), .i64(0)]) } throws: { ($0 as? Trap)?.reason == .unalignedAtomic }
  }

  @Test func `an interruption ends waiting without end`() throws {
    let waiter = try instance()
    let reason = Atomic<Bool>(false)
    onThreads(2) { index in
      if index == 0 {
        do { _ = try waiter.invoke("wait", [.i32(24), .i32(0), .i64(UInt64(bitPattern: -1))]) } catch {
          reason.store((error as? Trap)?.reason == .interrupted, ordering: .sequentiallyConsistent)
        }
      } else {
        usleep(50_000)
        waiter.store.interrupt()
      }
    }
    let wasInterrupted = reason.load(ordering: .sequentiallyConsistent)
    #expect(wasInterrupted)
  }

  @Test func `a memory that one thread grows is larger for the others`() throws {
    let one = try instance()
    let other = try instance()
    #expect(try other.invoke("size") == [.i32(1)])
    #expect(try one.invoke("grow", [.i32(2)]) == [.i32(1)])
    #expect(try other.invoke("size") == [.i32(3)])
    #expect(try one.invoke("grow", [.i32(2)]) == [.i32(0xFFFF_FFFF)])
  }
}

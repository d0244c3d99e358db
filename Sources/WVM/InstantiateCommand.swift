import Glibc
import Hosts
import JSON
import Options
import VM

/// `wvm instantiate MODULE`: what an instance costs.
enum InstantiateCommand {
  static let declaration = CommandDeclaration(
    name: "wvm instantiate",
    summary: "Instantiates a module many times in one process, and says what an instance takes: time, and memory while it idles",
    operands: "MODULE",
    options: [
      .value("count", "N", "how many instances; 10000 unless given"),
      .value("call", "NAME", "calls this export, of type () -> (), in every instance, for example to write to its memory"),
      .value("idle", "N", "instances that are kept to measure their memory; 1000 unless given"),
      .value("mode", "MODE", "how to execute: interpreter or jit (the default)"),
      .flag("json", "one line of JSON"),
      .flag("help", letter: "h", "shows this text"),
    ],
    examples: ["wvm instantiate --count 10000 --call touch image.wasm"])

  static func main() -> Never {
    let options = declaration.parseCommandLine()
    guard options.operands.count == 1, let place = options.operandIndices.first else {
      Output.fail("one module is needed: \(declaration.examples[0])", .usage)
    }
    let path = Arguments[2 + place]
    do {
      let module = try HeldModule.load(Arguments.values[2 + place]!, options.value("mode") ?? "jit")
      let nanoseconds = try times(module, options.count("count") ?? 10_000, options.value("call"))
      let idle = try idleBytes(module, options.count("idle") ?? 1000, options.value("call"))
      report(nanoseconds.sorted(), idle, options.has("json"))
    } catch {
      Output.fail(PrintableText.of("\(path): \(error)"), .data)
    }
    Output.exit(.success)
  }

  /// Made, called once and torn down, each time.
  private static func times(_ module: Module, _ count: Int, _ call: String?) throws -> [UInt64] {
    var result: [UInt64] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      let start = now()
      do {
        let instance = try instance(module)
        if let call { _ = try instance.invoke(call) }
      }
      result.append(now() - start)
    }
    return result
  }

  private static func instance(_ module: Module) throws -> Instance {
    let store = try Store()
    return try Instance(module, imports: Imports.stubs(for: module, store: store), store: store)
  }

  private static func idleBytes(_ module: Module, _ count: Int, _ call: String?) throws -> Int {
    let before = residentBytes()
    var instances: [Instance] = []
    instances.reserveCapacity(count)
    for _ in 0..<count {
      let instance = try instance(module)
      if let call { _ = try instance.invoke(call) }
      instances.append(instance)
    }
    let after = residentBytes()
    return withExtendedLifetime(instances) { (after - before) / count }
  }

  private static func residentBytes() -> Int {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var text = [UInt8](repeating: 0, count: 128)
    let count = read(file, &text, text.count)
    guard count > 0 else { return 0 }
    let words = String(decoding: text[..<count], as: UTF8.self).split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * 4096 : 0
  }

  private static func report(_ sorted: [UInt64], _ idle: Int, _ isJSON: Bool) {
    let median = sorted[sorted.count / 2]
    let high = sorted[sorted.count * 99 / 100]
    guard !isJSON else {
      Output.write("{\"count\":\(sorted.count),\"median_ns\":\(median),\"p99_ns\":\(high),\"idle_bytes\":\(idle)}\n", to: 1)
      return
    }
    Output.write(
      "\(sorted.count) instances: median \(microseconds(median)) us, 99 % under \(microseconds(high)) us; \(idle / 1024) KiB an idle instance\n",
      to: 1)
  }

  private static func microseconds(_ nanoseconds: UInt64) -> String { "\(nanoseconds / 1000).\(nanoseconds % 1000 / 100)" }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension ParsedOptions {
  /// The value of an option that is a number of things, or nil where it is not given.
  func count(_ name: String) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), number > 0 else { Output.fail("--\(name) needs a whole number from 1 on, not '\(text)'", .usage) }
    return number
  }
}

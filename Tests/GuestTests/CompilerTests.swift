import Foundation
import TestSupport
import Testing

/// Guests compiled by others' toolchains run unmodified in wvm.
@Suite("Guests of other compilers", .serialized)
struct CompilerTests {
  /// `zig` on the search path, or the Python package that `scripts/install-needed tests` puts into .build/tools; nil without either.
  static let zig: [String]? = {
    if let zig = Command.find("zig") { return [zig] }
    let python = Checkout.top + "/.build/tools/bin/python3"
    let isThere = try? Command(python, ["-c", "import ziglang"]).run().status == 0
    return isThere == true ? [python, "-m", "ziglang"] : nil
  }()

  /// The newest name of the target whose standard library rustc has; nil without.
  static let rustTarget: String? = {
    guard let rustc = Command.find("rustc") else { return nil }
    return ["wasm32-wasip1", "wasm32-wasi"].first { target in
      let answer = try? Command(rustc, ["--print", "target-libdir", "--target", target]).run()
      guard let folder = answer?.output.split(separator: "\n").first.map(String.init), answer?.status == 0 else { return false }
      return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).contains { $0.hasPrefix("libstd-") }
    }
  }()

  /// Words that name a linker where rustc comes without one, as Debian's does.
  private static func linker(for rustc: String) throws -> [String] {
    let sysroot = try Command(rustc, ["--print", "sysroot"]).run().output.split(separator: "\n").first.map(String.init) ?? ""
    let ownLinker = sysroot + "/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld"
    if FileManager.default.isExecutableFile(atPath: ownLinker) { return [] }
    return ["wasm-ld-14", "wasm-ld"].compactMap(Command.find).first.map { ["-C", "linker=\($0)"] } ?? []
  }

  private let wvm = WasmEngine(name: "wvm", program: Product.path("wvm"))

  @Test(.enabled(if: zig != nil, "no zig: scripts/install-needed tests"))
  func `zig cc: every guest answers as expected`() throws {
    let zig = try #require(Self.zig)
    let scratch = try Scratch()
    defer { scratch.remove() }
    // Its own standard library is compiled once and kept.
    let cache = Checkout.top + "/.build/zig"
    let environment = ["ZIG_GLOBAL_CACHE_DIR=\(cache)", "ZIG_LOCAL_CACHE_DIR=\(cache)"]
    let programs = Set(GuestCase.all.map(\.program)).sorted()
    #expect(programs.count > 3)
    for program in programs {
      let compile =
        environment + zig
        + [
          "cc", "-target", "wasm32-wasi", "-O2", "-ffp-contract=off", "\(Checkout.guests)/\(program).c", "-o",
          scratch.path("\(program).wasm"),
        ]
      let outcome = try Command("/usr/bin/env", compile).run(limit: 600)
      try #require(outcome.status == 0, "\(program): \(outcome.errors)")
    }
    for guest in GuestCase.all {
      let outcome = try wvm.command(module: scratch.path("\(guest.program).wasm"), arguments: guest.arguments, folder: scratch.folder)
        .run(input: guest.input)
      #expect(outcome.status == 0, "\(guest): \(outcome.errors)")
      #expect(outcome.output == guest.expected, "\(guest)")
    }
  }

  /// Arguments, input, a hash map with random keys, floating point, a file, a panic that is caught by nobody.
  private static let rustSource = """
    use std::collections::HashMap;
    use std::io::Read;

    fn main() {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).unwrap();
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for word in text.split_whitespace() {
            *counts.entry(word).or_insert(0) += 1;
        }
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.sort();
        println!("{:?} {:?}", words, sorted);
        println!("{:.6}", (1..=1000).map(|n| 1.0 / (n as f64).powi(2)).sum::<f64>().sqrt());
        std::fs::write("made.txt", "by rust").unwrap();
        println!("{}", std::fs::read_to_string("made.txt").unwrap());
        std::fs::remove_file("made.txt").unwrap();
        let numbers: Vec<u32> = Vec::new();
        if words.len() > 1 {
            println!("{}", numbers[words.len()]);
        }
    }
    """

  @Test(.enabled(if: rustTarget != nil, "no rustc with a standard library for wasm32-wasip1 or wasm32-wasi"), arguments: ["0", "3"])
  func `rustc: a program answers as expected, and a panic ends it with a trap`(optimization: String) throws {
    let target = try #require(Self.rustTarget)
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(Self.rustSource.utf8).write(to: URL(fileURLWithPath: scratch.path("guest.rs")))
    let rustc = try #require(Command.find("rustc"))
    let compile =
      try ["--target", target, "-C", "opt-level=\(optimization)", scratch.path("guest.rs"), "-o", scratch.path("guest.wasm")]
      + Self.linker(for: rustc)
    let built = try Command(rustc, compile, in: scratch.folder).run(limit: 600)
    try #require(built.status == 0, "\(built.errors)")
    let input = Data("to be or not to be".utf8)
    let outcome = try wvm.command(module: scratch.path("guest.wasm"), arguments: ["Ada"], folder: scratch.folder).run(input: input)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output == """
        ["Ada"] [("be", 2), ("not", 1), ("or", 1), ("to", 2)]
        1.282160
        by rust

        """)
    let panic = try wvm.command(module: scratch.path("guest.wasm"), arguments: ["a", "b"], folder: scratch.folder).run(input: input)
    #expect(panic.status == 134, "\(panic.errors)")
    #expect(panic.errors.contains("index out of bounds: the len is 0 but the index is 2"))
  }
}

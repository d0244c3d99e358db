import Foundation
import TestSupport
import Testing

/// The programs of the Swift toolchain that know the encodings of x86-64.
struct LLVMTools: Sendable {
  let clang: String
  let objectCopier: String
  let disassembler: String

  static let found: LLVMTools? = {
    guard let clang = find("clang"), let objectCopier = find("llvm-objcopy"), let disassembler = find("llvm-objdump") else { return nil }
    return LLVMTools(clang: clang, objectCopier: objectCopier, disassembler: disassembler)
  }()

  /// Why the comparison is not made, where it is not.
  static let reason = Comment(
    rawValue: "not found, neither beside swift nor in PATH: "
      + ["clang", "llvm-objcopy", "llvm-objdump"].filter { find($0) == nil }.joined(separator: ", "))

  /// Beside the compiler, whose name in PATH may be a link; else in PATH.
  private static func find(_ name: String) -> String? {
    let besideCompiler = ["swift", "swiftc"].compactMap(Command.find).map { compiler in
      URL(fileURLWithPath: compiler).resolvingSymlinksInPath().deletingLastPathComponent().path + "/" + name
    }
    return besideCompiler.first(where: FileManager.default.isExecutableFile) ?? Command.find(name)
  }
}

/// All cases through LLVM: one run each of clang, llvm-objcopy and llvm-objdump.
///
/// Clang assembles one file. Its section `.text` has the expected text of all cases, `.lengths` how many bytes LLVM makes of each.
/// Where LLVM can be told to choose our encoding, which is nearly everywhere, the bytes must be equal. For the others (see
/// `AssemblerCases.Comparison.meaning`) `.theirs` has the expected text again and `.ours` our bytes; both are disassembled, and the two
/// texts must be equal.
struct AssemblerComparison: Sendable {
  private(set) var counts: [AssemblerCases.Group: Int] = [:]
  private(set) var failures: [AssemblerCases.Group: [String]] = [:]

  /// Made once in a test process.
  static let ofAllCases: Result<AssemblerComparison, any Error> = Result {
    let cases = AssemblerCases()
    for group in AssemblerCases.Group.allCases { cases.add(group) }
    return try AssemblerComparison(cases.all, by: LLVMTools.found!)
  }

  struct ToolFailure: Error, CustomStringConvertible {
    var description: String
  }

  private init(_ cases: [AssemblerCases.Case], by tools: LLVMTools) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    func run(_ program: String, _ arguments: [String]) throws -> String {
      let outcome = try Command(program, arguments, in: scratch.folder).run()
      guard outcome.status == 0 else { throw ToolFailure(description: "\(program): \(outcome.errors.prefix(2000))") }
      return outcome.output
    }

    try Data(Self.source(cases).utf8).write(to: URL(fileURLWithPath: scratch.path("cases.s")))
    _ = try run(
      tools.clang, ["--target=x86_64-unknown-linux-gnu", "-c", "-x", "assembler", scratch.path("cases.s"), "-o", scratch.path("cases.o")])
    func section(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path(name))))
    }
    _ = try run(
      tools.objectCopier,
      ["--dump-section", ".text=text", "--dump-section", ".lengths=lengths", scratch.path("cases.o"), scratch.path("copy.o")])
    let text = try section("text")
    let lengths = try section("lengths").withUnsafeBytes { bytes in
      (0..<cases.count).map { Int(bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
    }
    let disassembled = Self.instructions(
      try run(
        tools.disassembler,
        ["-d", "-M", "intel", "--no-show-raw-insn", "--no-leading-addr", "--section=.ours", "--section=.theirs", scratch.path("cases.o")]))

    var start = 0
    for (number, element) in cases.enumerated() {
      let expected = Array(text[start..<(start + lengths[number])])
      start += lengths[number]
      counts[element.group, default: 0] += 1
      if let failure = Self.failure(
        element, expected, ours: disassembled["ours\(number)"] ?? [], theirs: disassembled["theirs\(number)"] ?? [])
      {
        failures[element.group, default: []].append(failure)
      }
    }
  }

  private static func source(_ cases: [AssemblerCases.Case]) -> String {
    // Each case has labels of its own; in its text they begin with @.
    func own(_ text: String, _ label: String) -> String {
      text.utf8.contains(UInt8(ascii: "@")) ? text.split(separator: "@", omittingEmptySubsequences: false).joined(separator: label) : text
    }
    var source = ".intel_syntax noprefix\n.text\n"
    for (number, element) in cases.enumerated() { source += ".Lcase\(number):\n\(own(element.text, ".Lin\(number)_"))\n" }
    source += ".Lcase\(cases.count):\n.section .lengths,\"\",@progbits\n"
    for number in cases.indices { source += ".long .Lcase\(number + 1) - .Lcase\(number)\n" }
    // Names that are kept: the disassembler begins anew at each.
    source += ".section .theirs,\"ax\",@progbits\n"
    for (number, element) in cases.enumerated() where element.comparison != .bytes {
      source += "theirs\(number):\n\(own(element.text, ".Ltheirs\(number)_"))\n"
    }
    source += ".section .ours,\"ax\",@progbits\n"
    for (number, element) in cases.enumerated() where element.comparison != .bytes {
      source += "ours\(number):\n.byte \(element.bytes.map(String.init).joined(separator: ","))\n"
    }
    return source
  }

  /// By name, the instructions behind it, as words without comments.
  private static func instructions(_ disassembly: String) -> [String: [String]] {
    var instructions: [String: [String]] = [:]
    var name = ""
    var lines: [String] = []
    for line in disassembly.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.first == UInt8(ascii: "<"), line.last == UInt8(ascii: ":") {
        instructions[name] = lines
        name = String(Substring(line.dropFirst().dropLast(2)))
        lines = []
      } else if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
        let instruction = line.prefix { $0 != UInt8(ascii: "#") }
        var words = instruction.split(whereSeparator: " \t,".utf8.contains).map { String(Substring($0)) }
        // Exchanging is the same either way, but the disassembler keeps the encoding's order.
        if words.first == "xchg" { words.sort() }
        lines.append(words.joined(separator: " "))
      }
    }
    instructions[name] = lines
    return instructions
  }

  private static func failure(
    _ element: AssemblerCases.Case, _ expected: [UInt8], ours: [String], theirs: [String]
  ) -> String? {
    switch element.comparison {
    case .bytes:
      if element.bytes == expected { return nil }
    case .meaning(let longer):
      if ours == theirs, !ours.isEmpty, element.bytes.count == expected.count + longer { return nil }
    case .nothing:
      if ours.count > 0, ours.allSatisfy({ $0 == "nop" || $0.hasPrefix("nop ") }) { return nil }
    }
    let disassembly = element.comparison == .bytes ? "" : "; ours means \(ours), LLVM's \(theirs)"
    return "\(element.text.prefix(200)): ours is \(hexadecimal(element.bytes)), LLVM's \(hexadecimal(expected))\(disassembly)"
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = bytes.prefix(40).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
    return bytes.count > 40 ? "\(digits) … (\(bytes.count) bytes)" : digits
  }
}

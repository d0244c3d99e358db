import Glibc
import TestSupport
import Testing

@testable import Conformance

/// Small scripts with modules written out byte by byte.
@Suite("Script runner")
struct ScriptRunnerTests {
  static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  /// (func (export "seven") (result i32) i32.const 7) (func (export "trap") unreachable) (func (export "same") (param f32) (result f32))
  static let functions: [UInt8] =
    header + [
      0x01, 0x0D, 3, 0x60, 0, 1, 0x7F, 0x60, 0, 0, 0x60, 1, 0x7D, 1, 0x7D,  // types
      0x03, 0x04, 3, 0, 1, 2,  // functions
      0x07, 0x17, 3, 5, 0x73, 0x65, 0x76, 0x65, 0x6E, 0, 0, 4, 0x74, 0x72, 0x61, 0x70, 0, 1, 4, 0x73, 0x61, 0x6D, 0x65, 0, 2,  // exports
      0x0A, 0x0F, 3, 4, 0, 0x41, 7, 0x0B, 3, 0, 0x00, 0x0B, 4, 0, 0x20, 0, 0x0B,  // code
    ]
  /// (import "M" "seven" (func (result i32))) (import "spectest" "global_i32" (global i32)) (export "again" (func 0)) (export "g" (global 0))
  static let importer: [UInt8] =
    header + [
      0x01, 0x05, 1, 0x60, 0, 1, 0x7F,  // types
      0x02, 0x22, 2, 1, 0x4D, 5, 0x73, 0x65, 0x76, 0x65, 0x6E, 0, 0, 8, 0x73, 0x70, 0x65, 0x63, 0x74, 0x65, 0x73, 0x74, 10, 0x67, 0x6C,
      0x6F, 0x62, 0x61, 0x6C, 0x5F, 0x69, 0x33, 0x32, 3, 0x7F, 0,  // imports
      0x07, 0x0D, 2, 5, 0x61, 0x67, 0x61, 0x69, 0x6E, 0, 0, 1, 0x67, 3, 0,  // exports
    ]
  /// (func (result i32)) with no value: invalid.
  static let invalid: [UInt8] =
    header + [0x01, 0x05, 1, 0x60, 0, 1, 0x7F, 0x03, 0x02, 1, 0, 0x0A, 0x04, 1, 2, 0, 0x0B]
  /// (memory 1 1 shared)
  static let shared: [UInt8] = header + [0x05, 0x04, 1, 3, 1, 1]
  static let malformed: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x02, 0x00, 0x00, 0x00]

  private func run(_ commands: String) throws -> ScriptResult {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let folder = scratch.folder
    let files: [(String, [UInt8])] = [
      ("functions.wasm", Self.functions), ("importer.wasm", Self.importer), ("invalid.wasm", Self.invalid),
      ("malformed.wasm", Self.malformed), ("text.wasm", Array("(module)".utf8)), ("shared.wasm", Self.shared),
      ("test.json", Array("{\"source_filename\":\"test.wast\",\"commands\":[\(commands)]}".utf8)),
    ]
    for (name, bytes) in files {
      let file = open(folder + "/" + name, O_WRONLY | O_CREAT, 0o644)
      guard write(file, bytes, bytes.count) == bytes.count else { throw ScriptError(description: "cannot write \(name)") }
      close(file)
    }
    return try ScriptRunner.run(file: folder + "/test.json")
  }

  private static let module = #"{"type":"module","line":1,"filename":"functions.wasm","module_type":"binary"}"#
  private static func call(_ type: String, _ line: Int, _ field: String, _ rest: String, args: String = "") -> String {
    #"{"type":"\#(type)","line":\#(line),"action":{"type":"invoke","field":"\#(field)","args":[\#(args)]},\#(rest)}"#
  }

  @Test func `passes what is right`() throws {
    let result = try run(
      [
        Self.module, Self.call("assert_return", 2, "seven", #""expected":[{"type":"i32","value":"7"}]"#),
        Self.call(
          "assert_return", 3, "seven", #""expected":[{"type":"either","values":[{"type":"i32","value":"6"},{"type":"i32","value":"7"}]}]"#),
        Self.call("assert_trap", 4, "trap", #""text":"unreachable""#), Self.call("action", 5, "seven", #""expected":[]"#),
        #"{"type":"register","line":6,"as":"M"}"#,
        #"{"type":"module","line":7,"name":"$I","filename":"importer.wasm","module_type":"binary"}"#,
        #"{"type":"assert_return","line":8,"action":{"type":"invoke","module":"$I","field":"again","args":[]},"expected":[{"type":"i32","value":"7"}]}"#,
        #"{"type":"assert_return","line":9,"action":{"type":"get","field":"g"},"expected":[{"type":"i32","value":"666"}]}"#,
        #"{"type":"assert_invalid","line":10,"filename":"invalid.wasm","module_type":"binary","text":"type mismatch"}"#,
        #"{"type":"assert_malformed","line":11,"filename":"malformed.wasm","module_type":"binary","text":"unknown binary version"}"#,
      ].joined(separator: ","))
    #expect(result.failures == [])
    // Neither the modules nor `register` and the action alone.
    #expect(result.passed == 7)
    #expect(result.warnings == [])
    #expect(result.summary == "7 passed, 0 failed, 0 skipped")
    #expect(result.source == "test.wast")
  }

  @Test func `says what was expected and what came`() throws {
    let result = try run(
      [
        Self.module, Self.call("assert_return", 2, "seven", #""expected":[{"type":"i32","value":"-8"}]"#),
        Self.call("assert_trap", 3, "seven", #""text":"unreachable""#),
        Self.call("assert_trap", 4, "trap", #""text":"integer overflow""#),
        Self.call("assert_return", 5, "trap", #""expected":[]"#), Self.call("assert_return", 6, "nothing", #""expected":[]"#),
        #"{"type":"assert_invalid","line":7,"filename":"functions.wasm","module_type":"binary","text":"type mismatch"}"#,
        #"{"type":"assert_unlinkable","line":8,"filename":"functions.wasm","module_type":"binary","text":"unknown import"}"#,
      ].joined(separator: ","))
    #expect(result.passed == 0)
    #expect(
      result.failures.map(\.text) == [
        "seven: expected i32 -8, got i32 7",
        "seven: expected trap \"unreachable\", got i32 7",
        "trap: expected trap \"integer overflow\", got trap \"unreachable\"",
        "trap: expected nothing, but: trap \"unreachable\"",
        "nothing: expected nothing, but: there is no function of that name",
        "expected invalid module \"type mismatch\", but it is accepted",
        "expected \"unknown import\", but it is instantiated",
      ])
    #expect(result.failures.map(\.line) == [2, 3, 4, 5, 6, 7, 8])
  }

  @Test func `fails everything that needs a module that failed`() throws {
    let result = try run(
      [
        Self.module, #"{"type":"module","line":2,"filename":"importer.wasm","module_type":"binary"}"#,
        Self.call("assert_return", 3, "seven", #""expected":[{"type":"i32","value":"7"}]"#),
        #"{"type":"module","line":4,"filename":"absent.wasm","module_type":"binary"}"#,
        Self.call("assert_trap", 5, "trap", #""text":"unreachable""#),
      ].joined(separator: ","))
    #expect(result.passed == 0)
    #expect(result.failures.map(\.line) == [2, 3, 4, 5])
    #expect(result.failures[0].text.contains("unknown import"))
  }

  @Test func `counts as skipped only what it cannot try, and says why`() throws {
    let result = try run(
      [
        #"{"type":"assert_malformed","line":1,"filename":"x.wat","module_type":"text","text":"unexpected token"}"#,
        #"{"type":"assert_malformed_custom","line":2,"filename":"x.wat","module_type":"text","text":"unexpected token"}"#,
      ].joined(separator: ","))
    #expect(result.skips.map(\.text) == ["quoted text", "command assert_malformed_custom"])
    #expect(result.passed == 0 && result.failed == 0)
  }

  @Test func `lets what was text be refused either way, for it is refused`() throws {
    func command(_ binary: String) -> String {
      #"{"type":"assert_malformed","line":1,"filename":"x.wat","module_type":"text","binary_filename":"\#(binary).wasm","text":"i32 constant"}"#
    }
    for binary in ["invalid", "malformed"] {
      let result = try run(command(binary))
      #expect(result.passed == 1 && result.warnings.count == 1, "\(result)")
    }
    #expect(try run(command("functions")).failures.map(\.text) == ["expected malformed module \"i32 constant\", but it is accepted"])
  }

  @Test func `tells every assertion in order`() throws {
    let result = try run(
      [
        Self.module, Self.call("assert_return", 2, "seven", #""expected":[{"type":"i32","value":"7"}]"#),
        Self.call("assert_trap", 3, "seven", #""text":"unreachable""#),
        #"{"type":"assert_malformed","line":4,"filename":"x.wat","module_type":"text","text":"unexpected token"}"#,
      ].joined(separator: ","))
    #expect(
      result.json.text
        == #"{"source":"test.wast","assertions":[{"line":2,"kind":"assert_return","outcome":"pass"},"#
        + #"{"line":3,"kind":"assert_trap","outcome":"fail","detail":"seven: expected trap \"unreachable\", got i32 7"},"#
        + #"{"line":4,"kind":"assert_malformed","outcome":"skip","detail":"quoted text"}]}"#)
  }

  @Test func `compares traps by their kind`() throws {
    let result = try run([Self.module, Self.call("assert_trap", 2, "trap", #""text":"unreachable executed""#)].joined(separator: ","))
    #expect(result.passed == 1 && result.failures == [])
  }

  private static func refusal(_ type: String, _ file: String, _ text: String) -> String {
    #"{"type":"\#(type)","line":1,"filename":"\#(file).wasm","module_type":"binary","text":"\#(text)"}"#
  }

  @Test func `tells malformed modules from invalid ones`() throws {
    let wrong = [("assert_invalid", "text"), ("assert_invalid", "malformed"), ("assert_malformed", "invalid")]
    for (type, file) in wrong {
      let result = try run(Self.refusal(type, file, "magic header not detected"))
      #expect(result.passed == 0 && result.failed == 1, "\(type) of \(file)")
    }
    let result = try run(Self.refusal("assert_malformed", "invalid", "type mismatch"))
    #expect(result.failures[0].text.hasPrefix("expected malformed module \"type mismatch\", got invalid module: type mismatch"))
  }

  @Test(arguments: ["assert_invalid", "assert_malformed", "assert_unlinkable", "assert_uninstantiable"])
  func `a feature that is not there proves nothing`(type: String) throws {
    let result = try run(Self.refusal(type, "shared", "type mismatch"))
    #expect(result.passed == 0 && result.failed == 0)
    let reason = "unsupported module: malformed limits flags 3: needs threads, which is switched off"
    #expect(result.skips.first?.text.hasPrefix(reason) == true, "\(result.skips)")
  }

  @Test func `what is malformed without a feature is refused as malformed`() throws {
    #expect(try run(Self.refusal("assert_malformed", "shared", "malformed limits flags")).passed == 1)
  }

  @Test func `a module that should run and needs a feature that is not there fails`() throws {
    let result = try run(#"{"type":"module","line":1,"filename":"shared.wasm","module_type":"binary"}"#)
    #expect(result.failed == 1)
  }

  @Test(arguments: ["assert_trap", "assert_exhaustion", "assert_invalid", "assert_malformed", "assert_unlinkable", "assert_uninstantiable"])
  func `an assertion without words fails`(type: String) throws {
    for text in [#","text":"""#, ""] {
      let assertion =
        #"{"type":"\#(type)","line":2,"action":{"type":"invoke","field":"trap","args":[]},"filename":"malformed.wasm""#
        + #","module_type":"binary"\#(text)}"#
      let result = try run(Self.module + "," + assertion)
      #expect(result.passed == 0)
      #expect(result.failures.map(\.text) == ["\(type) without the text that it expects"])
    }
  }

  @Test func `tells an unknown import from an incompatible one`() throws {
    #expect(try run(Self.refusal("assert_unlinkable", "importer", "unknown import")).passed == 1)
    let result = try run(Self.refusal("assert_unlinkable", "importer", "incompatible import type"))
    #expect(result.failures.first?.text.hasPrefix("expected link error \"incompatible import type\", got \"unknown import") == true)
    #expect(try run(Self.refusal("assert_uninstantiable", "importer", "unknown import")).failed == 1)
  }

  @Test func `warns when the words of a refusal differ`() throws {
    let result = try run(#"{"type":"assert_invalid","line":1,"filename":"invalid.wasm","module_type":"binary","text":"no such words"}"#)
    #expect(result.passed == 1)
    #expect(result.warnings.count == 1)
  }

  static let floats: [(expected: String, given: UInt32, matches: Bool)] = [
    ("nan:canonical", 0x7FC0_0000, true), ("nan:canonical", 0xFFC0_0000, true), ("nan:canonical", 0x7FC0_0001, false),
    ("nan:arithmetic", 0x7FC0_0001, true), ("nan:arithmetic", 0xFFFF_FFFF, true), ("nan:arithmetic", 0x7FA0_0000, false),
    ("nan:arithmetic", 0x3F80_0000, false), ("1065353216", 0x3F80_0000, true), ("2147483648", 0, false), ("2147483648", 0x8000_0000, true),
  ]

  @Test func `compares floats by bits and NaNs by kind`() throws {
    for (index, float) in Self.floats.enumerated() {
      let result = try run(
        [
          Self.module,
          Self.call(
            "assert_return", 2, "same", #""expected":[{"type":"f32","value":"\#(float.expected)"}]"#,
            args: #"{"type":"f32","value":"\#(float.given)"}"#),
        ].joined(separator: ","))
      #expect((result.failed == 0) == float.matches, "\(index): \(float)")
    }
  }

  @Test func `refuses files that are no scripts`() throws {
    #expect(throws: ScriptError.self) { try ScriptRunner.run(file: "/no/such.json") }
    #expect(throws: ScriptError.self) { try run("{") }
    #expect(throws: ScriptError.self) { try run(#"{"line":1}"#) }
    #expect(throws: ScriptError.self) { try run(#"{"type":"assert_return","line":1,"expected":[]}"#) }
    #expect { try run("") } throws: { "\($0)".contains("holds no commands") }
  }

  @Test func `writes a JUnit report`() throws {
    let result = try run(
      [
        Self.module, Self.call("assert_return", 2, "seven", #""expected":[{"type":"i32","value":"8"}]"#),
        #"{"type":"assert_malformed","line":3,"filename":"x.wat","module_type":"text","text":"<"}"#,
      ].joined(separator: ","))
    #expect(
      ScriptResult.junit([result]) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
          <testsuite name="test.wast" tests="2" failures="1" skipped="1">
            <testcase classname="test.wast" name="line 2"><failure message="seven: expected i32 8, got i32 7"/></testcase>
            <testcase classname="test.wast" name="line 3"><skipped message="quoted text"/></testcase>
          </testsuite>
        </testsuites>

        """)
  }
}

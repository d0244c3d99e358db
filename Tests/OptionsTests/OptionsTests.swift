import Testing

@testable import Options

private let command = CommandDeclaration(
  name: "demo run", summary: "Runs a module", operands: "MODULE [ARGS…]",
  options: [
    .value("dir", "HOST", letter: "d", "opens a folder"),
    .value("env", "K=V", "sets a variable"),
    .flag("verbose", letter: "v", "says more"),
    .flag("quiet", letter: "q", "says less"),
  ],
  examples: ["demo run --dir . hello.wasm"], stopsAtFirstOperand: true)

@Suite("Options")
struct OptionsTests {
  @Test func `reads long options with and without an equals sign`() throws {
    let parsed = try command.parse(["--dir=a", "--dir", "b", "--env", "A=B=C"])
    #expect(parsed.values("dir") == ["a", "b"])
    #expect(parsed.value("dir") == "b")
    #expect(parsed.value("env") == "A=B=C")
    #expect(parsed.operands.isEmpty)
  }

  @Test func `reads letters, joined letters and values stuck to a letter`() throws {
    let parsed = try command.parse(["-vq", "-dhere", "-d", "there"])
    #expect(parsed.has("verbose") && parsed.has("quiet"))
    #expect(parsed.values("dir") == ["here", "there"])
  }

  @Test func `leaves everything after the first operand to the guest`() throws {
    let parsed = try command.parse(["-v", "m.wasm", "--dir", "x", "--", "-q"])
    #expect(parsed.operands == ["m.wasm", "--dir", "x", "--", "-q"])
    #expect(parsed.operandIndices == [1, 2, 3, 4, 5])
    #expect(!parsed.has("quiet"))
    #expect(parsed.value("dir") == nil)
  }

  @Test func `reads options between operands where a command does not stop`() throws {
    var command = command
    command.stopsAtFirstOperand = false
    let parsed = try command.parse(["a", "-v", "b", "--", "-q"])
    #expect(parsed.operands == ["a", "b", "-q"])
    #expect(parsed.operandIndices == [0, 2, 4])
    #expect(parsed.has("verbose"))
    #expect(!parsed.has("quiet"))
  }

  @Test func `takes a lone dash and anything after two dashes as operands`() throws {
    #expect(try command.parse(["-"]).operands == ["-"])
    #expect(try command.parse(["--", "--verbose"]).operands == ["--verbose"])
    #expect(try command.parse(["-v"]).operandIndices == [])
  }

  @Test func `refuses an unknown option and suggests the one that was meant`() {
    #expect(throws: UsageError("unknown option --vrebose; did you mean --verbose? (demo run --help lists them all)")) {
      try command.parse(["--vrebose"])
    }
    #expect(throws: UsageError("unknown option --zzz (demo run --help lists them all)")) { try command.parse(["--zzz=1"]) }
    #expect(throws: UsageError.self) { try command.parse(["-x"]) }
  }

  @Test func `refuses a missing and a superfluous value`() {
    #expect(throws: UsageError("--dir needs a value: --dir HOST")) { try command.parse(["--dir"]) }
    #expect(throws: UsageError("-d needs a value: -d HOST")) { try command.parse(["-vd"]) }
    #expect(throws: UsageError("--quiet takes no value")) { try command.parse(["--quiet=yes"]) }
  }

  @Test func `keeps an empty value apart from a missing one`() throws {
    #expect(try command.parse(["--dir="]).value("dir") == "")
  }

  @Test func `reads whole numbers and refuses others`() throws {
    #expect(try command.parse(["--dir", "12"]).integer("dir") == 12)
    #expect(try command.parse([]).integer("dir") == nil)
    #expect(throws: UsageError("--dir needs a whole number, not 'x'")) { try command.parse(["--dir", "x"]).integer("dir") }
  }

  @Test func `writes the help text from the declaration`() {
    #expect(
      command.help == """
        Runs a module.

        Usage: demo run [OPTIONS] MODULE [ARGS…]

        Options:
          -d, --dir HOST  opens a folder
              --env K=V   sets a variable
          -v, --verbose   says more
          -q, --quiet     says less

        Example:
          demo run --dir . hello.wasm

        """)
  }

  @Test func `counts edits, a swap of neighbours as one`() {
    #expect(Suggestion.editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(Suggestion.editDistance(Array("ab"), Array("ba")) == 1)
    #expect(Suggestion.editDistance([], Array("abc")) == 3)
    #expect(Suggestion.closest(to: "inovke", among: ["invoke", "env"]) == "invoke")
    #expect(Suggestion.closest(to: "completely", among: ["invoke", "env"]) == nil)
  }
}

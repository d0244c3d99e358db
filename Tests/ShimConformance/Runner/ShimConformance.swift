import ArgumentParser
import ShimConformance

@main
struct Command: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shim-conformance",
    abstract: "Asks containerd shims for everything a container must do, each beside the other.",
    discussion: """
      A shim whose name is runc, crun, youki or runsc runs native programs here, every other WebAssembly modules.

      Exit codes: 0 nothing failed, 1 something failed, 64 wrong use, 77 nothing could be asked here.

      EXAMPLE: shim-conformance --runtime io.containerd.runc.v2 --runtime ./containerd-shim-mine-v1=mine --quick
      """)

  @Option(help: "A runtime's name or the path of its shim, and what its column is called: NAME_OR_PATH[=LABEL]. May be repeated.")
  var runtime: [String] = ["io.containerd.runc.v2"]

  @Option(help: "A runtime beside the others for comparison, whose failures are shown and not counted. May be repeated.")
  var reference: [String] = []

  @Option(help: "Who starts the containers: ctr or docker.")
  var engine = Engine.ctr

  @Option(help: "Only behaviours whose name has this in it, or a group of that name. May be repeated.")
  var only: [String] = []

  @Flag(help: "Smaller numbers everywhere: a minute or two.")
  var quick = false

  @Option(help: "How many containers run one after another.")
  var runs: Int?

  @Option(help: "How many containers run at once.")
  var parallel: Int?

  @Option(help: "How many lives have a fault at a random moment.")
  var lifecycles: Int?

  @Option(help: "How many times slower than usual this machine is, an emulated one for instance: deadlines are multiplied by it.")
  var slow = 1.0

  @Option(help: "The label of a shim that runs native programs although its name does not say so. May be repeated.")
  var native: [String] = []

  @Flag(help: "Lists the behaviours and asks for none.")
  var list = false

  @Flag(help: "Prints the results as JSON.")
  var json = false

  @Option(help: "Writes the table as Markdown.")
  var markdown: String?

  @Option(help: "Writes the results as JUnit does.")
  var junit: String?

  @Option(help: "The folder with the guests' C sources, or with the guests compiled: NAME and NAME.wasm.")
  var guests: String?

  @Option(help: .hidden)
  var enclosed: String?

  func run() throws {
    let code = Conformance(
      runtimes: runtime, references: reference, engine: engine, only: only, isQuick: quick, runs: runs, parallel: parallel,
      lifecycles: lifecycles, slowness: slow, native: native,
      isList: list, printsJSON: json, markdown: markdown, junit: junit, guests: guests, enclosed: enclosed
    ).run()
    throw ExitCode(code)
  }
}

extension Engine: ExpressibleByArgument {}

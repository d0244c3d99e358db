import ArgumentParser

/// `harness image`: what has to do with container images.
struct ImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image", abstract: "Makes container images of WebAssembly modules and native programs.",
    discussion: """
      EXAMPLES:
        harness image build --wasm hello.wasm --name harness.local/hello:1 -o hello.tar
        ctr images import --all-platforms hello.tar
      """,
    subcommands: [ImageBuildCommand.self])
}

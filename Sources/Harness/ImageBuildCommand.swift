import ArgumentParser
import Coordinator
import OCI

/// `harness image build`: one program and what it needs, as an image that every client takes.
struct ImageBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Packs a module or a native program into an image, in a tar archive of an OCI layout.",
    discussion: """
      EXAMPLES:
        harness image build --wasm hello.wasm --name harness.local/hello:1 -o hello.tar
        harness image build --wasm app.wasm --name app:2 --file site:/site --env PORT=80 --entrypoint /app.wasm#serve /site -o app.tar
        harness image build --native hello --name harness.local/hello:1-native -o native.tar

        ctr images import --all-platforms hello.tar     (without --all-platforms ctr takes linux/amd64 alone)
        docker load -i hello.tar
        skopeo copy oci-archive:hello.tar docker://registry.example/hello:1

      The program lies in the image's root folder under its own name, with the files beside it that --file adds. The same inputs give the
      same bytes: times, owners and the order of folders do not count, and of permissions only whether a file may be executed.

      EXIT CODES:
        0   written
        64  bad usage: a name, platform, path or entry point that cannot be
        65  a file that is missing, cannot be read, or is no program of its kind
        73  the image cannot be written where it should go
      """)

  @Option(help: ArgumentHelp("The program: a WebAssembly module.", valueName: "FILE"))
  var wasm: String?
  @Option(help: ArgumentHelp("The program: an ELF executable for x86-64.", valueName: "FILE"))
  var native: String?
  @Option(help: ArgumentHelp("The image's name, for instance harness.local/hello:1; without a tag it is latest.", valueName: "REF"))
  var name: String
  @Option(
    help: ArgumentHelp(
      "wasi/wasm (what --wasm has without it), wasi/wasm32 or linux/amd64 (what --native has).", valueName: "OS/ARCHITECTURE"))
  var platform: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The command; the program alone without it. FILE#EXPORT starts a module at that export. A word that begins with a dash: --entrypoint=-x.",
      valueName: "WORD"))
  var entrypoint: [String] = []
  @Option(parsing: .upToNextOption, help: ArgumentHelp("A variable of the program's environment.", valueName: "NAME=VALUE"))
  var env: [String] = []
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A file or folder of this machine and its absolute path in the image.", valueName: "HOST:GUEST"))
  var file: [String] = []
  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the archive.", valueName: "FILE"))
  var output: String

  func validate() throws {
    do throws(OCIError) { _ = try plan() } catch { throw ValidationError("\(error)") }
  }

  func run() throws {
    do {
      let plan = try plan()
      let image = try plan.image()
      let digest = try OCIImage.write(
        to: output, files: image.files, entrypoint: plan.entrypoint, environment: env, reference: plan.reference.description,
        platform: plan.platform)
      for note in image.notes { Console.error("note: \(note)") }
      Console.print("wrote \(output): \(plan.reference) for \(plan.platform), which starts \(plan.entrypoint.joined(separator: " "))")
      Console.print("digest \(digest)")
    } catch let error as OCIError {
      throw refusal(error)
    }
  }

  /// What the options ask for, before any file is looked at.
  private func plan() throws(OCIError) -> ImagePlan {
    let program: ImageProgram
    switch (wasm, native) {
    case (let path?, nil): program = .module(path)
    case (nil, let path?): program = .executable(path)
    case (nil, nil): throw .unfit("which program? Give --wasm FILE or --native FILE")
    case (_?, _?): throw .unfit("--wasm and --native are two programs; an image has one: give one, and add the other with --file")
    }
    guard !output.isEmpty, output != "-" else { throw .unfit("--output \"\(output)\": an image is written into a file; give its name") }
    return try ImagePlan(
      program: program, reference: ImageReference(reading: name), platform: platform.map(Platform.init(reading:)), entrypoint: entrypoint,
      environment: env, additions: file)
  }

  private func refusal(_ error: OCIError) -> CoordinatorError {
    switch error {
    case .cannotRead: CoordinatorError(.badData, "\(error); give a file that is there and may be read")
    case .cannotWrite: CoordinatorError(.cannotCreate, "\(error); give --output a place that may be written")
    case .wrongDocument, .wrongArchive, .wrongImage: CoordinatorError(.badData, "\(error)")
    case .unfit: CoordinatorError(.usage, "\(error) (see: harness image build --help)")
    }
  }
}

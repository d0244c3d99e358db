import Foundation
import TestSupport
import Testing

@testable import OCI

/// Why real containers cannot run here, or nil. A skipped test prints it.
private let obstacle: String? = {
  if getuid() != 0 { return "containers need root" }
  for tool in ["runc", "containerd", "ctr", "cc"] where Command.find(tool) == nil { return "\(tool) is not installed" }
  return nil
}()

/// One at a time: each starts daemons and cgroups of its own.
@Suite("Real container runtimes take what we write", .serialized, .enabled(if: obstacle == nil, "\(obstacle ?? "")"))
struct ContainerTests {
  let scratch: Scratch
  /// The same for image, container and namespace, and for nobody else on this machine.
  let identifier = Leftovers.newName()

  init() throws {
    scratch = try Scratch()
    let build = try Command(Checkout.guestBuilder, ["native", scratch.path("native")]).run()
    try #require(build.status == 0, "\(build.errors)")
  }

  @Test func `runc runs a bundle, shows it its arguments and a folder of the host, and passes its exit code on`() throws {
    defer { scratch.remove() }
    try FileManager.default.createDirectory(atPath: scratch.path("shared"), withIntermediateDirectories: true)
    let specification = RuntimeSpec.minimal(
      arguments: ["/files", "/shared"], environment: ["HOME=/"], cgroupsPath: "/\(identifier)",
      mounts: [.bind(scratch.path("shared"), to: "/shared")])
    try Bundle.write(
      to: scratch.path("bundle"), files: [ImageFile(path: "/files", source: scratch.path("native/files"), mode: 0o755)],
      specification: specification)
    let runc = try #require(Command.find("runc"))
    let outcome = try Command(runc, ["--root", scratch.path("state"), "run", "--bundle", scratch.path("bundle"), identifier]).run()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == (try String(contentsOfFile: Checkout.guests + "/files.expected", encoding: .utf8)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("shared")).isEmpty)

    try Bundle.write(
      to: scratch.path("refused"), files: [ImageFile(path: "/crunch", source: scratch.path("native/crunch"), mode: 0o755)],
      specification: .minimal(arguments: ["/crunch", "many"], cgroupsPath: "/\(identifier)"))
    let refused = try Command(runc, ["--root", scratch.path("state"), "run", "--bundle", scratch.path("refused"), identifier]).run()
    #expect(refused.status == 64)
    #expect(refused.errors.contains("usage: crunch"))
  }

  @Test func `runc holds a container to its memory limit`() throws {
    defer { scratch.remove() }
    try Bundle.write(
      to: scratch.path("bundle"), files: [ImageFile(path: "/churn", source: scratch.path("native/churn"), mode: 0o755)],
      specification: .minimal(
        arguments: ["/churn", "256"], cgroupsPath: "/\(identifier)", resources: .init(memoryLimit: 64 << 20, pidsLimit: 10)))
    let runc = try #require(Command.find("runc"))
    let outcome = try Command(runc, ["--root", scratch.path("state"), "run", "--bundle", scratch.path("bundle"), identifier]).run()
    #expect(outcome.status == 128 + SIGKILL, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `containerd imports our image under its reference and runs it`() throws {
    let daemon = try PrivateContainerd(in: scratch)
    defer {
      daemon.stop()
      Leftovers.removeCgroups(identifier)
      scratch.remove()
    }
    let reference = "harness.local/guests/crunch:\(identifier)"
    try OCIImage.write(
      to: scratch.path("image.tar"), files: [ImageFile(path: "/bin/crunch", source: scratch.path("native/crunch"), mode: 0o755)],
      entrypoint: ["/bin/crunch", "4"], environment: ["HOME=/"], reference: reference)

    let imported = try daemon.ctr(identifier, ["images", "import", scratch.path("image.tar")])
    #expect(imported.status == 0, "\(imported.errors)")
    let listed = try daemon.ctr(identifier, ["images", "list", "--quiet"])
    #expect(listed.output == reference + "\n")
    let checked = try daemon.ctr(identifier, ["images", "check", "--quiet"])
    #expect(checked.output == reference + "\n", "\(checked.errors)")

    let outcome = try daemon.ctr(identifier, ["run", "--rm", reference, identifier])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == (try String(contentsOfFile: Checkout.guests + "/crunch.expected", encoding: .utf8)))
  }

  @Test func `containerd imports images of every platform, keeps the platform, and unpacks them`() throws {
    let daemon = try PrivateContainerd(in: scratch)
    defer {
      daemon.stop()
      scratch.remove()
    }
    var references: [String] = []
    for (index, platform) in Platform.known.enumerated() {
      let reference = "harness.local/\(identifier):\(index)"
      references.append(reference)
      try OCIImage.write(
        to: scratch.path("image.tar"),
        files: [
          ImageFile(path: "/hello.wasm", source: Checkout.guests + "/hello.wasm", mode: 0o755),
          ImageFile(path: "/data/link", content: .link("../hello.wasm")),
        ], entrypoint: ["/hello.wasm#_start"], environment: ["A=b"], reference: reference, platform: platform)
      let imported = try daemon.ctr(identifier, ["images", "import", "--all-platforms", scratch.path("image.tar")])
      #expect(imported.status == 0, "\(imported.errors)")
      let line = try daemon.ctr(identifier, ["images", "list", "name==" + reference]).output.split(separator: "\n").last ?? ""
      #expect(line.hasPrefix(reference + " ") && line.contains(" \(platform) "), "\(line)")
    }
    let checked = try daemon.ctr(identifier, ["images", "check", "--quiet"])
    #expect(Set(checked.output.split(separator: "\n").map(String.init)) == Set(references), "\(checked.errors)")
  }
}

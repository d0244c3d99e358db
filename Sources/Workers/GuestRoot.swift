import OCI
import Observations

/// The root file system of a workload's container: its static program, mount points, and nothing else.
struct GuestRoot {
  let files: [ImageFile]
  /// Path of the program inside.
  let entry: String
  /// The working folder inside; folders with a relative guest path lie in it.
  static let workFolder = "/work"

  /// - Throws: `RuntimeUnavailable` where the workload has no such program.
  init(_ workload: Workload, _ kind: ProgramKind = .native) throws {
    let program = try Self.program(of: workload, kind)
    entry = "/" + (program.split(separator: "/").last.map(String.init) ?? "guest")
    var files = [ImageFile(path: entry, source: program, mode: 0o755)]
    // Mount points, so that a read-only root works too.
    for folder in ["/proc", "/dev", "/sys", "/run", Self.workFolder] { files.append(ImageFile(path: folder, content: .folder)) }
    for guest in workload.folders + (workload.directory.map { [$0.guest] } ?? []) {
      let mountPoint = Self.mountPoint(guest)
      if mountPoint != Self.workFolder { files.append(ImageFile(path: mountPoint, content: .folder)) }
    }
    // A snapshot of the image is a copy of its own for every trial.
    if let root = workload.root { files += try RootCopy.imageFiles(of: root).filter { file in !files.contains { $0.path == file.path } } }
    self.files = files
  }

  private static func program(of workload: Workload, _ kind: ProgramKind) throws -> String {
    switch kind {
    case .native:
      guard let native = workload.native, isExecutable(native) else {
        throw RuntimeUnavailable(
          reason: workload.native.map { "\($0) is not an executable file" } ?? "workload \(workload.name) has no native executable",
          remedy: "build the native guests")
      }
      return native
    case .module:
      guard let module = workload.module, SystemFile.exists(module) else {
        throw RuntimeUnavailable(
          reason: workload.module.map { "\($0) is not there" } ?? "workload \(workload.name) has no module", remedy: "give it one")
      }
      return module
    }
  }

  /// What is mounted for a trial. The folder that all trials share is mounted first, so that fresh ones may lie in it, and read-only.
  static func mounts(_ trial: TrialPlace) -> [(host: String, inside: String, access: String)] {
    (trial.workload.directory.map { [($0.host, mountPoint($0.guest), "ro")] } ?? [])
      + trial.freshFolders.map { ($0.host, mountPoint($0.guest), "rw") }
  }

  /// Where a guest's folder is mounted.
  static func mountPoint(_ guest: String) -> String {
    let inner = guest.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    if guest.hasPrefix("/") { return "/" + inner }
    return inner.isEmpty ? workFolder : workFolder + "/" + inner
  }
}

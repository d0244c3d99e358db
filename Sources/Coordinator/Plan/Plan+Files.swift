import Foundation
import Observations

extension Plan {
  /// Whether everything that some blocks need is still where the plan says: modules, native programs, folders, runtimes' executables.
  ///
  /// Looked at before the first trial. A file that went away since the run was planned would fail every trial, and the run would be
  /// finished with nothing measured.
  /// - Throws: `CoordinatorError.missing` with one line that names all that is not there.
  public func requireFiles(for blocks: [BlockRequest]) throws {
    let asked = Set(blocks.map(\.workload))
    var missing: [String] = []
    for part in workloads.filter({ asked.contains($0.name) }).flatMap(parts) where !part.isThere {
      let text = "\(part.path) (\(part.role))"
      if !missing.contains(text) { missing.append(text) }
    }
    guard missing.isEmpty else {
      let them = missing.count == 1 ? "it" : "them"
      throw CoordinatorError(.missing, "not there any more: \(missing.joined(separator: ", ")); put \(them) back")
    }
  }

  /// Something on disk that a workload's trials need.
  private struct Part {
    enum Kind { case file, executable, folder }
    var path: String
    var role: String
    var kind: Kind

    var isThere: Bool {
      switch kind {
      case .file: isFile(path)
      case .executable: isFile(path) && access(path, X_OK) == 0
      case .folder: isFolder(path)
      }
    }
  }

  private func parts(of workload: Workload) -> [Part] {
    let runtimes = runtimes.filter { workload.arms.contains($0.name) }
    var parts: [Part] = []
    if let module = workload.module, runtimes.contains(where: { $0.program == .module }) {
      parts.append(Part(path: module, role: "module of \(workload.name)", kind: .file))
    }
    if let native = workload.native, runtimes.contains(where: { $0.program == .native }) {
      parts.append(Part(path: native, role: "native program of \(workload.name)", kind: .executable))
    }
    if let directory = workload.directory {
      parts.append(Part(path: directory.host, role: "folder of \(workload.name)", kind: .folder))
    }
    if let root = workload.root { parts.append(Part(path: root, role: "root of \(workload.name)", kind: .folder)) }
    if let script = workload.test?.script {
      for path in [script.source, script.converted].compactMap(\.self) {
        parts.append(Part(path: path, role: "script of \(workload.name)", kind: .file))
      }
    }
    for runtime in runtimes {
      // A first word that is no path is filled in for every trial.
      guard let executable = runtime.command.first, executable.hasPrefix("/") else { continue }
      parts.append(Part(path: executable, role: "executable of \(runtime.name)", kind: .executable))
    }
    return parts
  }
}

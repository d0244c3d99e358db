import FoundationEssentials
import Glibc

/// What workers that were killed could not remove themselves: cgroups and scratch folders whose owner is dead.
///
/// Processes, mounts and sockets need no sweeping: they end with the launcher's namespace.
enum Leftovers {
  static let cgroupPrefix = "harness-"
  /// A file in every scratch folder, holding its owner's mark.
  static let ownerFile = "harness-owner"

  /// Removes the cgroups of dead workers in every hierarchy.
  static func sweepCgroups() {
    for hierarchy in CgroupHierarchy.all() {
      for name in SystemFile.entries(hierarchy.mount) where name.hasPrefix(cgroupPrefix) {
        let parts = name.split(separator: ".")
        guard parts.count == 3, let owner = OwnerMark(parts[1...].joined(separator: ".")), !owner.isAlive else { continue }
        CgroupFolder.remove("\(hierarchy.mount)/\(name)")
      }
    }
  }

  /// Removes scratch folders of dead workers beside this one.
  static func sweepScratch(beside scratch: String) {
    guard let slash = scratch.lastIndex(of: "/"), slash > scratch.startIndex else { return }
    let parent = String(scratch[..<slash])
    for name in SystemFile.entries(parent) {
      let folder = "\(parent)/\(name)"
      guard let text = SystemFile.line("\(folder)/\(ownerFile)"), let owner = OwnerMark(text), !owner.isAlive else { continue }
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Makes the scratch folder this worker's own.
  /// - Throws: `WorkerError` where it cannot be made or holds somebody's files.
  static func claim(scratch: String) throws {
    let files = FileManager.default
    let entries = SystemFile.entries(scratch)
    guard entries.isEmpty else {
      throw WorkerError.badData("scratch \(scratch): not empty; give a folder of the worker's own, which it removes at the end")
    }
    do {
      try files.createDirectory(atPath: scratch, withIntermediateDirectories: true)
      try Data(OwnerMark.own.text.utf8).write(to: URL(filePath: "\(scratch)/\(ownerFile)"))
    } catch {
      throw WorkerError("scratch \(scratch): cannot be written; give a folder on a disk with room", exitCode: 73)
    }
  }
}

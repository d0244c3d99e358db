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

  /// Removes scratch folders of dead workers beside this one, and those that were being made or removed when their worker was killed.
  static func sweepScratch(beside scratch: String) {
    guard let slash = scratch.lastIndex(of: "/"), slash > scratch.startIndex else { return }
    let parent = scratch[..<slash]
    let own = scratch[scratch.index(after: slash)...] + "."
    for name in SystemFile.entries(String(parent)) {
      let folder = "\(parent)/\(name)"
      let inside = SystemFile.line("\(folder)/\(ownerFile)").flatMap { OwnerMark($0) }
      let isOurs = name.hasPrefix("harness-") || name.hasPrefix(own)
      guard let owner = inside ?? (isOurs ? mark(endingName: name) : nil), !owner.isAlive else { continue }
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Makes the scratch folder this worker's own. It appears with its mark in it, so that there is no moment at which nobody owns it.
  ///
  /// The worker before this one may still be clearing away, when only its coordinator was killed: that is waited for.
  /// - Parameter patience: seconds.
  /// - Throws: `WorkerError` where it cannot be made or holds somebody's files.
  static func claim(scratch: String, patience: Double = 20) throws {
    let files = FileManager.default
    let making = place(scratch)
    var tries = Int(patience / 0.02)
    do {
      try files.createDirectory(atPath: making, withIntermediateDirectories: true)
      try Data(OwnerMark.own.text.utf8).write(to: URL(filePath: "\(making)/\(ownerFile)"))
    } catch {
      try? files.removeItem(atPath: making)
      throw WorkerError("scratch \(scratch): cannot be written; give a folder on a disk with room", exitCode: 73)
    }
    // Takes the place of nothing or of an empty folder, and of nothing else.
    while rename(making, scratch) != 0 {
      let owner = SystemFile.line("\(scratch)/\(ownerFile)").flatMap { OwnerMark($0) }
      guard tries > 0, owner?.isAlive == true, owner != .own else {
        try? files.removeItem(atPath: making)
        throw WorkerError.badData("scratch \(scratch): not empty; give a folder of the worker's own, which it removes at the end")
      }
      tries -= 1
      usleep(20_000)
      sweepScratch(beside: scratch)
    }
  }

  /// Removes the scratch folder. It gets a name that tells its owner first: whoever is killed on the way leaves something that is swept.
  static func release(scratch: String) {
    _ = rename(scratch, place(scratch))
    try? FileManager.default.removeItem(atPath: place(scratch))
  }

  /// Where this worker's scratch folder is made and removed.
  private static func place(_ scratch: String) -> String { "\(scratch).\(OwnerMark.own.text)" }

  private static func mark(endingName name: String) -> OwnerMark? {
    let parts = name.split(separator: ".")
    return parts.count > 2 ? OwnerMark(parts.suffix(2).joined(separator: ".")) : nil
  }
}

import Foundation
import TestSupport

@testable import Containers

/// A folder that looks like mounted cgroups. Files of a cgroup do not appear by themselves in it.
struct FakeCgroups {
  let scratch: Scratch
  /// Mount point of each hierarchy by its label: controllers, a "name=…", or "" for the unified one.
  private var hierarchies: [(label: String, folder: String)] = []

  init(_ labels: [String]) throws {
    scratch = try Scratch()
    for label in labels {
      let folder = labels.count == 1 ? scratch.folder : scratch.path(label.isEmpty ? "unified" : label)
      hierarchies.append((label, folder))
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  /// In the form of /proc/self/mountinfo.
  var mountTable: String {
    hierarchies.map { label, folder in
      label.isEmpty
        ? "41 31 0:38 / \(folder) rw,relatime shared:5 - cgroup2 cgroup2 rw,nsdelegate\n"
        : "32 31 0:29 / \(folder) rw,relatime - cgroup cgroup rw,\(label)\n"
    }.joined()
  }

  func detect(ownCgroups: String = "") throws -> CgroupLayout {
    let folder = scratch.path("tables")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try mountTable.write(toFile: folder + "/mountinfo", atomically: true, encoding: .utf8)
    try ownCgroups.write(toFile: folder + "/cgroup", atomically: true, encoding: .utf8)
    return try CgroupLayout.detect(root: scratch.folder, mountTable: folder + "/mountinfo", ownCgroups: folder + "/cgroup")
  }

  func path(_ label: String, _ file: String) -> String { hierarchies.first { $0.label == label }!.folder + "/" + file }

  func put(_ text: String, _ file: String, in label: String = "") throws {
    let path = path(label, file)
    try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  /// What was written last; longer values of before shine through, as files here are not the kernel's.
  func get(_ file: String, in label: String = "") -> String? { try? String(contentsOfFile: path(label, file), encoding: .utf8) }
}

extension Cgroup {
  /// "c1" in a fake hierarchy.
  init(in fake: FakeCgroups) throws { try self.init(in: try fake.detect(), path: "/c1", defaultPath: "/unused") }
}

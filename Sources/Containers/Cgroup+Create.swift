import Glibc

extension Cgroup {
  /// Makes the cgroup in every hierarchy, with the cgroups above it. One that exists already is taken as it is.
  ///
  /// - Throws: when a hierarchy refuses; what was made until then is removed again.
  public func create() throws(ContainerError) {
    var made: [CgroupFolder] = []
    do {
      for (hierarchy, folder) in zip(layout.hierarchies, folders) {
        if hierarchy.isUnified && layout.version == .v2 {
          try Cgroup.makeUnified(folder, &made)
        } else {
          try Cgroup.make(folder, &made)
        }
        if hierarchy.has("cpuset") { try Cgroup.inheritProcessors(folder) }
      }
    } catch {
      for folder in made.reversed() { unlinkat(folder.root, folder.path, AT_REMOVEDIR) }
      throw error
    }
  }

  /// Most cgroups lie in one that exists, so the whole path is tried first.
  private static func make(_ folder: CgroupFolder, _ made: inout [CgroupFolder]) throws(ContainerError) {
    if mkdirat(folder.root, folder.path, 0o755) == 0 {
      made.append(folder)
      return
    }
    if errno == EEXIST { return }
    guard errno == ENOENT, let above = folder.parent else { throw ContainerError(failed: "make the cgroup \(folder.fullPath)") }
    try make(above, &made)
    guard mkdirat(folder.root, folder.path, 0o755) == 0 || errno == EEXIST else {
      throw ContainerError(failed: "make the cgroup \(folder.fullPath)")
    }
    made.append(folder)
  }

  /// A cgroup has only the controllers which each cgroup above it passes on (cgroup-v2.rst, Enabling and Disabling).
  private static func makeUnified(_ folder: CgroupFolder, _ made: inout [CgroupFolder]) throws(ContainerError) {
    var above: [CgroupFolder] = []
    var next = folder.parent
    while let parent = next {
      above.append(parent)
      next = parent.parent
    }
    passOnControllers(CgroupFolder(root: folder.root, path: ".", mountPoint: folder.mountPoint))
    for parent in above.reversed() {
      try make(parent, &made)
      passOnControllers(parent)
    }
    try make(folder, &made)
  }

  /// One that cannot be passed on (a parent with processes of its own, a controller for whole threads only) is missed where it is needed.
  private static func passOnControllers(_ folder: CgroupFolder) {
    guard let offered = folder.read("cgroup.controllers"), let passed = folder.read("cgroup.subtree_control") else { return }
    let blank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    let known = passed.split(whereSeparator: blank)
    let missing = offered.split(whereSeparator: blank).filter { !known.contains($0) }.map { "+" + String(decoding: $0, as: UTF8.self) }
    guard !missing.isEmpty, folder.write(missing.joined(separator: " "), to: "cgroup.subtree_control") != 0 else { return }
    for controller in missing { _ = folder.write(controller, to: "cgroup.subtree_control") }
  }

  /// A cpuset of version 1 takes no process until it says processors and memory nodes; a new one says none.
  private static func inheritProcessors(_ folder: CgroupFolder) throws(ContainerError) {
    for file in ["cpuset.cpus", "cpuset.mems"] where isEmpty(folder.read(file)) {
      let above = folder.parent ?? CgroupFolder(root: folder.root, path: ".", mountPoint: folder.mountPoint)
      if above.path != "." { try inheritProcessors(above) }
      guard let value = above.read(file) else { throw ContainerError(failed: "read \(above.fullPath)/\(file)") }
      try folder.set(file, String(decoding: value.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
  }

  private static func isEmpty(_ value: [UInt8]?) -> Bool { value.map { $0.allSatisfy { $0 == UInt8(ascii: "\n") } } ?? false }
}

extension CgroupFolder {
  /// The cgroup above; nil where that is the hierarchy's root.
  var parent: CgroupFolder? {
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return CgroupFolder(root: root, path: String(path[..<slash]), mountPoint: mountPoint)
  }
}

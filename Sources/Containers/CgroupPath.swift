/// Where a container's cgroup lies, from `linux.cgroupsPath` (config-linux.md, Cgroups Path).
enum CgroupPath: Equatable {
  /// Below every hierarchy's mount point.
  case absolute(String)
  /// Below the runtime's own cgroup in every hierarchy.
  case relative(String)

  /// - Parameter text: "/default/c1", "c1", or systemd's "slice:prefix:name".
  /// - Throws: when it names no cgroup below a root.
  init(_ text: String) throws(ContainerError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // A path of folders may hold colons too, but then it has slashes.
    if parts.count == 3 && !text.utf8.contains(UInt8(ascii: "/")) {
      self = .absolute(try CgroupPath.systemd(slice: String(parts[0]), prefix: String(parts[1]), name: String(parts[2])))
      return
    }
    let path = try CgroupPath.names(of: text).joined(separator: "/")
    guard !path.isEmpty else { throw ContainerError("cgroupsPath \"\(text)\" is the root of all cgroups; name a cgroup below it") }
    self = text.hasPrefix("/") ? .absolute(path) : .relative(path)
  }

  /// The folders on the way, "." and ".." worked out; nothing leads above the root.
  static func names(of path: String) throws(ContainerError) -> [String] {
    var names: [String] = []
    for name in path.split(separator: "/") where name != "." {
      guard !name.utf8.contains(0), name.utf8.count <= 255 else { throw ContainerError("\"\(path)\" is no path of cgroups") }
      if name == ".." { _ = names.popLast() } else { names.append(String(name)) }
    }
    return names
  }

  /// Where systemd would put the unit: `a-b.slice` lies in `a.slice`, a unit is `prefix-name.scope` unless it is a slice itself.
  static func systemd(slice: String, prefix: String, name: String) throws(ContainerError) -> String {
    let slice = slice.isEmpty ? "system.slice" : slice
    guard slice.hasSuffix(".slice"), !name.isEmpty else {
      throw ContainerError("cgroupsPath \"\(slice):\(prefix):\(name)\" is not of the form slice:prefix:name")
    }
    var folders: [String] = []
    if slice != "-.slice" {
      var soFar = ""
      for part in slice.dropLast(".slice".count).split(separator: "-", omittingEmptySubsequences: false) {
        guard !part.isEmpty else { throw ContainerError("\"\(slice)\" is no name of a slice") }
        soFar += soFar.isEmpty ? String(part) : "-" + part
        folders.append(soFar + ".slice")
      }
    }
    let unit = name.hasSuffix(".slice") ? name : (prefix.isEmpty ? name : prefix + "-" + name) + ".scope"
    guard !(folders + [unit]).contains(where: { $0.utf8.contains(UInt8(ascii: "/")) }) else {
      throw ContainerError("cgroupsPath \"\(slice):\(prefix):\(name)\" holds a slash")
    }
    return (folders + [unit]).joined(separator: "/")
  }
}

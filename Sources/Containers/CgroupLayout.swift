import Glibc

/// Which cgroup hierarchies this machine has, found once and used for every container. It keeps each mount point open.
public final class CgroupLayout: Sendable {
  /// How the machine arranges its controllers.
  public enum Version: Sendable, Equatable {
    /// Version 1 hierarchies alone.
    case v1
    /// Version 1 hierarchies, and a unified one beside them.
    case hybrid
    /// The unified hierarchy alone.
    case v2
  }

  /// All hierarchies, in the order they were mounted.
  public let hierarchies: [CgroupHierarchy]
  /// How the machine arranges its controllers.
  public let version: Version
  /// What tells this process's own cgroups (cgroups(7)).
  let ownCgroups: String

  init(hierarchies: [CgroupHierarchy], ownCgroups: String = "/proc/self/cgroup") {
    self.hierarchies = hierarchies
    self.ownCgroups = ownCgroups
    let unified = hierarchies.contains(where: \.isUnified)
    version = unified ? (hierarchies.count == 1 ? .v2 : .hybrid) : .v1
  }

  deinit { for hierarchy in hierarchies { close(hierarchy.folder) } }

  /// - Parameters:
  ///   - root: where hierarchies are mounted, or the unified hierarchy itself.
  ///   - mountTable: in the form of /proc/self/mountinfo; read only where `root` is not the unified hierarchy.
  ///   - ownCgroups: in the form of /proc/self/cgroup.
  /// - Throws: when there are no cgroups, or they cannot be opened.
  public static func detect(
    root: String = "/sys/fs/cgroup", mountTable: String = "/proc/self/mountinfo", ownCgroups: String = "/proc/self/cgroup"
  ) throws(ContainerError) -> CgroupLayout {
    guard let kind = FileSystemKind.of(root) else { throw ContainerError(failed: "look at \(root)") }
    if kind == FileSystemKind.cgroup2 {
      return CgroupLayout(hierarchies: [try open(MountedCgroups(unifiedAt: root))], ownCgroups: ownCgroups)
    }
    guard let table = SmallFile.read(mountTable) else { throw ContainerError(failed: "read \(mountTable)") }
    let found = MountedCgroups.all(in: table, below: root)
    guard !found.isEmpty else { throw ContainerError("no cgroups are mounted at or below \(root)") }
    var hierarchies: [CgroupHierarchy] = []
    for mounted in found {
      do { hierarchies.append(try open(mounted)) } catch {
        for hierarchy in hierarchies { close(hierarchy.folder) }
        throw error
      }
    }
    return CgroupLayout(hierarchies: hierarchies, ownCgroups: ownCgroups)
  }

  private static func open(_ mounted: MountedCgroups) throws(ContainerError) -> CgroupHierarchy {
    let folder = Glibc.open(mounted.mountPoint, openPath | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw ContainerError(failed: "open \(mounted.mountPoint)") }
    return CgroupHierarchy(
      isUnified: mounted.type == "cgroup2", controllers: mounted.controllers, name: mounted.name, mountPoint: mounted.mountPoint,
      mountedRoot: mounted.mountedRoot, folder: folder)
  }

  /// This process's own cgroup in each hierarchy, below the hierarchy's mount point, without a leading slash.
  func ownPaths() throws(ContainerError) -> [String] { try paths(toldBy: ownCgroups) }

  /// A process's cgroup in each hierarchy, below the hierarchy's mount point, without a leading slash.
  ///
  /// - Parameter file: the process's, in the form of /proc/self/cgroup.
  func paths(toldBy file: String) throws(ContainerError) -> [String] {
    guard let text = SmallFile.read(file) else { throw ContainerError(failed: "read \(file)") }
    let lines = text.split(separator: UInt8(ascii: "\n")).map {
      // hierarchy-ID:controllers:path, and the path may hold colons.
      $0.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
    var paths: [String] = []
    for hierarchy in hierarchies {
      guard let line = lines.first(where: { $0.count == 3 && CgroupLayout.isSame($0[1], hierarchy) }) else {
        throw ContainerError("\(file) does not say where this process is below \(hierarchy.mountPoint)")
      }
      var names = try CgroupPath.names(of: line[2])
      let mounted = try CgroupPath.names(of: hierarchy.mountedRoot)
      if names.starts(with: mounted) { names.removeFirst(mounted.count) }
      paths.append(names.joined(separator: "/"))
    }
    return paths
  }

  /// Controllers may be listed in any order.
  private static func isSame(_ label: String, _ hierarchy: CgroupHierarchy) -> Bool {
    guard hierarchy.name.isEmpty, !hierarchy.isUnified else { return label == hierarchy.label }
    let listed = label.split(separator: ",")
    return !listed.isEmpty && listed.allSatisfy { hierarchy.controllers.contains(String($0)) }
  }

  /// The version 1 hierarchy with the controller.
  func index(of controller: String) -> Int? { hierarchies.firstIndex { $0.has(controller) } }

  /// The unified hierarchy.
  var unifiedIndex: Int? { hierarchies.firstIndex(where: \.isUnified) }
}

/// A line of the mount table that shows a cgroup hierarchy (proc(5), mountinfo).
struct MountedCgroups {
  var type: String
  var mountPoint: String
  /// The cgroup that lies at the mount point.
  var mountedRoot: String
  /// Of a version 1 hierarchy.
  var controllers: [String] = []
  /// Of a version 1 hierarchy without controllers.
  var name = ""

  /// Options of a version 1 hierarchy that are no controllers (Documentation/admin-guide/cgroup-v1/cgroups.rst).
  private static func isController(_ option: Substring) -> Bool {
    switch option {
    case "rw", "ro", "noprefix", "clone_children", "xattr", "cpuset_v2_mode", "favordynmods", "nofavordynmods", "seclabel": false
    default: !option.utf8.contains(UInt8(ascii: "="))
    }
  }

  /// Every hierarchy once, where it was mounted first at or below the folder. A table line that breaks the format is passed over.
  static func all(in table: [UInt8], below root: String) -> [MountedCgroups] {
    var found: [MountedCgroups] = []
    forEachCgroupLine(table) { line in
      guard let mounted = MountedCgroups(line: line), mounted.mountPoint == root || mounted.mountPoint.hasPrefix(root + "/") else { return }
      let isKnown = found.contains {
        $0.type == mounted.type && $0.name == mounted.name && $0.controllers == mounted.controllers
      }
      if !isKnown { found.append(mounted) }
    }
    return found
  }

  /// A host of many containers has thousands of mounts; all but a few lines are passed over without taking them apart.
  private static func forEachCgroupLine(_ table: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
    let mark: StaticString = " - cgroup"
    var start = 0
    table.withUnsafeBytes { bytes in
      while start < bytes.count {
        let line = bytes.baseAddress! + start
        let length = memchr(line, 10, bytes.count - start).map { line.distance(to: UnsafeRawPointer($0)) } ?? bytes.count - start
        if memmem(line, length, mark.utf8Start, mark.utf8CodeUnitCount) != nil { body(table[start..<start + length]) }
        start += length + 1
      }
    }
  }

  init(unifiedAt mountPoint: String) {
    type = "cgroup2"
    self.mountPoint = mountPoint
    mountedRoot = "/"
  }

  /// `36 35 98:0 /root /mount/point options [optional fields] - type source super-options`
  init?(line: ArraySlice<UInt8>) {
    let fields = line.split(separator: UInt8(ascii: " "))
    guard fields.count >= 10, let dash = fields[6...].firstIndex(where: { $0.elementsEqual([UInt8(ascii: "-")]) }),
      dash + 3 < fields.count
    else { return nil }
    guard fields[dash + 1].starts(with: "cgroup".utf8) else { return nil }
    type = String(decoding: fields[dash + 1], as: UTF8.self)
    guard type == "cgroup" || type == "cgroup2" else { return nil }
    mountedRoot = MountedCgroups.unescaped(fields[3])
    mountPoint = MountedCgroups.unescaped(fields[4])
    guard type == "cgroup" else { return }
    for option in String(decoding: fields[dash + 3], as: UTF8.self).split(separator: ",") {
      if option.hasPrefix("name=") {
        name = String(option.dropFirst(5))
      } else if MountedCgroups.isController(option) {
        controllers.append(String(option))
      }
    }
  }

  /// Blanks, tabs, line ends and backslashes are written as a backslash and three octal digits.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> String {
    guard field.contains(UInt8(ascii: "\\")) else { return String(decoding: field, as: UTF8.self) }
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3).compactMap { (48...55).contains($0) ? Int($0 - 48) : nil }
      if byte == UInt8(ascii: "\\"), digits.count == 3 {
        bytes.append(UInt8(truncatingIfNeeded: digits[0] << 6 | digits[1] << 3 | digits[2]))
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import Glibc
import OCI

/// What may be mounted at /proc and below. Masked paths, settings of the kernel and labels rely on the kernel's own file system being there.
enum ProcessMounts {
  /// Files that tell of the machine, which others may stand in for; the list is runc's.
  private static let replaceable = [
    "cpuinfo", "diskstats", "meminfo", "stat", "swaps", "uptime", "loadavg", "slabinfo", "net/dev", "sys/kernel/ns_last_pid",
    "sys/crypto/fips_enabled",
  ]

  /// - Parameter source: what is bound there, if something is.
  /// - Throws: naming the mount.
  static func check(_ mount: RuntimeSpec.Mount, source: Int32 = -1) throws(ContainerError) {
    if mount.type == "proc" || mount.type == "sysfs" {
      var status = stat()
      if lstat(mount.destination, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
        throw ContainerError("\(mount.type) must be mounted on a folder, and \(mount.destination) is a link in the image")
      }
    }
    let names = (try? CgroupPath.names(of: mount.destination)) ?? []
    guard names.first == "proc" else { return }
    let isAtTop = names.count == 1
    let isKernels = source >= 0 ? FileSystemKind.of(source) == FileSystemKind.processes : mount.type == "proc"
    guard isAtTop ? isKernels : replaceable.contains(names.dropFirst().joined(separator: "/")) else {
      throw ContainerError("\(mount.source) cannot be mounted on \(mount.destination): what is in /proc is the kernel's")
    }
  }
}

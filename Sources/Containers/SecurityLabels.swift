import Glibc
import OCI

/// What a security module of the kernel is told about a process: an AppArmor profile, an SELinux label (config.md, "POSIX process").
///
/// A native program takes it on when it is executed. A guest's process is not executed again; it changes its own.
public struct SecurityLabels {
  private let profile: String
  private let label: String

  public init(_ process: RuntimeSpec.Process) {
    profile = process.apparmorProfile ?? ""
    label = process.selinuxLabel ?? ""
  }

  /// Whether the kernel can do what is asked for; to be asked where the host's own /sys can be seen.
  /// - Throws: naming what is missing.
  public func check() throws(ContainerError) {
    // Where nothing confines, everything is unconfined.
    if !profile.isEmpty, profile != "unconfined", SmallFile.read("/sys/module/apparmor/parameters/enabled")?.first != UInt8(ascii: "Y") {
      throw ContainerError("process.apparmorProfile is \(profile), but this kernel has no AppArmor or it is off: leave the profile out")
    }
    if !label.isEmpty, access("/sys/fs/selinux/enforce", F_OK) != 0 {
      throw ContainerError("process.selinuxLabel is \(label), but this kernel has no SELinux or it is off: leave the label out")
    }
  }

  /// Takes them on: at once, or with the next execve(2).
  /// - Throws: what the kernel refused.
  public func apply(onExecution: Bool) throws(ContainerError) {
    let file = onExecution ? "exec" : "current"
    if !profile.isEmpty, profile != "unconfined" {
      let folder = access("/proc/self/attr/apparmor", F_OK) == 0 ? "/proc/self/attr/apparmor" : "/proc/self/attr"
      try ProcessFile.write((onExecution ? "exec " : "changeprofile ") + profile, to: folder + "/" + file)
    }
    if !label.isEmpty { try ProcessFile.write(label, to: "/proc/self/attr/" + file) }
  }
}

import Observations

/// The programs behind containerd that a runtime needs: its shim, and the OCI runtime that runc's shim calls.
enum ContainerPrograms {
  /// - Throws: `RuntimeUnavailable` where one is missing, or cannot work on this machine.
  static func check(_ runtime: RuntimeDescription) throws(RuntimeUnavailable) {
    if let shim = runtime.shim {
      guard isExecutable(shim) else {
        throw RuntimeUnavailable(reason: "\(shim) is not an executable file", remedy: "build it, or mend the shim of \(runtime.name)")
      }
      return
    }
    guard runtime.program == .native else {
      throw RuntimeUnavailable(reason: "runc runs native programs only", remedy: "give \(runtime.name) a shim for modules")
    }
    _ = try HostTools.require("containerd-shim-runc-v2", package: "containerd")
    guard let program = runtime.ociRuntime else {
      _ = try HostTools.require("runc", package: "runc")
      return
    }
    guard isExecutable(program) else {
      throw RuntimeUnavailable(
        reason: "\(program) is not an executable file", remedy: "install it, or mend the ociRuntime of \(runtime.name)")
    }
    // crun looks for cgroups of both versions and gives up where it finds both.
    if program.split(separator: "/").last == "crun", isHybrid {
      throw RuntimeUnavailable(
        reason: "crun refuses a machine with cgroups of both versions", remedy: "boot with systemd.unified_cgroup_hierarchy=1")
    }
  }

  /// Whether version 1 and version 2 are mounted side by side.
  static var isHybrid: Bool {
    let versions = Set(CgroupHierarchy.all().map(\.version))
    return versions.contains(.one) && versions.contains(.two)
  }

  /// Starts the run's containerd, or says why that cannot be done.
  static func started(_ engine: () throws -> PrivateContainerd) throws(RuntimeUnavailable) -> PrivateContainerd {
    do { return try engine() } catch let error as RuntimeUnavailable {
      throw error
    } catch {
      throw RuntimeUnavailable(
        reason: "containerd could not be started: \(error)", remedy: "see whether `containerd` starts by hand as root")
    }
  }

  /// Their files, for a cold trial; of a shim also the machine code it has kept.
  static func files(_ runtime: RuntimeDescription, _ containerd: PrivateContainerd) -> [String] {
    if let shim = runtime.shim { return [shim] + Preparation.files(at: containerd.shimCache) }
    return ["containerd-shim-runc-v2"].compactMap(HostTools.find) + [runtime.ociRuntime ?? HostTools.find("runc")].compactMap { $0 }
  }
}

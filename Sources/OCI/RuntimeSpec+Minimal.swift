extension RuntimeSpec {
  /// A container with the isolation a client of containerd asks for by default (its mounts, namespaces, capabilities and masks),
  /// so that `runc run` of this and `ctr run` of the same program differ by the client, containerd and the shim alone.
  ///
  /// - Parameters:
  ///   - arguments: the command, program first.
  ///   - environment: `NAME=VALUE` words.
  ///   - rootPath: absolute, or relative to the bundle.
  ///   - cgroupsPath: below each controller's mount point, with a leading slash.
  ///   - mounts: mounted after the usual ones, for example folders of the host.
  public static func minimal(
    arguments: [String], environment: [String] = [], rootPath: String = "rootfs", readonlyRoot: Bool = false, workingFolder: String = "/",
    cgroupsPath: String? = nil, mounts: [Mount] = [], resources: Resources = Resources()
  ) -> RuntimeSpec {
    RuntimeSpec(
      process: Process(
        args: arguments, env: environment, cwd: workingFolder, capabilities: Capabilities(usualCapabilities),
        rlimits: [Rlimit(type: "RLIMIT_NOFILE", soft: 1024, hard: 1024)]),
      root: Root(path: rootPath, readonly: readonlyRoot),
      mounts: usualMounts + mounts,
      linux: Linux(
        cgroupsPath: cgroupsPath, namespaces: [.pid, .ipc, .uts, .mount, .network], resources: resources, maskedPaths: usualMaskedPaths,
        readonlyPaths: usualReadonlyPaths))
  }

  static let usualCapabilities = [
    "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP",
    "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
  ]

  static let usualMounts = [
    Mount(destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"]),
    Mount(destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "strictatime", "mode=755", "size=65536k"]),
    Mount(
      destination: "/dev/pts", type: "devpts", source: "devpts",
      options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]),
    Mount(destination: "/dev/shm", type: "tmpfs", source: "shm", options: ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
    Mount(destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"]),
    Mount(destination: "/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", "ro"]),
    Mount(destination: "/run", type: "tmpfs", source: "tmpfs", options: ["nosuid", "strictatime", "mode=755", "size=65536k"]),
  ]

  /// What tells about the host or reaches into it; runtimes cover these where they exist.
  static let usualMaskedPaths = [
    "/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
    "/proc/sched_debug", "/sys/firmware", "/proc/scsi",
  ]
  static let usualReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
}

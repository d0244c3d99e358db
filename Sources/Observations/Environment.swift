/// The machine a run was measured on. Two runs are compared only where the fields that decide speed agree.
public struct MachineEnvironment: Codable, Sendable, Equatable {
  /// The environment variable HARNESS_MACHINE, or without it /proc/sys/kernel/hostname.
  public var hostname: String
  /// "model name" of /proc/cpuinfo; "unknown" where the kernel gives none.
  public var cpuModel: String
  /// Processors online, each hardware thread counted.
  public var cpuCount: Int
  /// Memory of the machine in bytes (MemTotal of /proc/meminfo); 0 where the kernel does not say.
  public var memoryBytes: UInt64
  /// Name and release, for instance "Linux 6.1.0-18-amd64".
  public var kernel: String
  /// PRETTY_NAME of /etc/os-release; "unknown" without one.
  public var distribution: String
  /// The hypervisor or its maker, in words; "none" on bare metal.
  public var virtualization: String
  /// Scaling governor of CPU 0, or "none" where the machine has no frequency scaling.
  public var governor: String
  /// Vulnerability name → mitigation in force (/sys/devices/system/cpu/vulnerabilities).
  public var mitigations: [String: String]
  /// Version of the cgroup hierarchy and where its memory controller is, in words; "none" without cgroups.
  public var cgroup: String
  /// Tool name → version line, for every runtime and helper in use.
  public var tools: [String: String]
  /// File path → SHA-256 in hex, for every guest and runtime binary in use.
  public var hashes: [String: String]
  /// File path → size in bytes of the same files; nil in runs of a harness that did not record it.
  public var sizes: [String: UInt64]?
  /// What cannot be measured on this machine (`kernel-moments`, `hardware-counters`) → why.
  public var lacking: [String: String]?
  /// How much of an address space the kernel lays out at random: 0 nothing, 1 all but the heap, 2 everything
  /// (/proc/sys/kernel/randomize_va_space); nil where it does not say.
  public var addressRandomization: Int?

  /// Leaves `sizes` and `lacking` nil.
  public init(
    hostname: String, cpuModel: String, cpuCount: Int, memoryBytes: UInt64, kernel: String, distribution: String,
    virtualization: String, governor: String, mitigations: [String: String], cgroup: String, tools: [String: String],
    hashes: [String: String], addressRandomization: Int? = nil
  ) {
    self.hostname = hostname
    self.cpuModel = cpuModel
    self.cpuCount = cpuCount
    self.memoryBytes = memoryBytes
    self.kernel = kernel
    self.distribution = distribution
    self.virtualization = virtualization
    self.governor = governor
    self.mitigations = mitigations
    self.cgroup = cgroup
    self.tools = tools
    self.hashes = hashes
    self.addressRandomization = addressRandomization
  }
}

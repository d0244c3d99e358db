import Digest
import Glibc
import Observations

/// Reads what decides speed on this machine from the kernel's own files.
enum EnvironmentRecord {
  /// - Parameters:
  ///   - tools: tool name → version line.
  ///   - files: guests and runtime binaries to hash.
  static func read(tools: [String: String], files: [String]) -> MachineEnvironment {
    var hashes: [String: String] = [:]
    for file in files where hashes[file] == nil { hashes[file] = sha256(of: file) }
    var environment = MachineEnvironment(
      hostname: machineName(), cpuModel: processorField("model name") ?? "unknown",
      cpuCount: sysconf(Int32(_SC_NPROCESSORS_ONLN)), memoryBytes: memory(), kernel: kernel(), distribution: distribution(),
      virtualization: virtualization(), governor: SystemFile.line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") ?? "none",
      mitigations: mitigations(), cgroup: cgroupLayout(), tools: tools, hashes: hashes,
      addressRandomization: SystemFile.line("/proc/sys/kernel/randomize_va_space").flatMap { Int($0) })
    environment.sizes = Dictionary(uniqueKeysWithValues: hashes.keys.compactMap { file in size(of: file).map { (file, $0) } })
    return environment
  }

  /// A container's host name is another in every job; the variable tells which machine it runs on.
  private static func machineName() -> String {
    if let name = getenv("HARNESS_MACHINE").map({ String(cString: $0) }), !name.isEmpty { return name }
    return SystemFile.line("/proc/sys/kernel/hostname") ?? "unknown"
  }

  /// Bytes of a file, or nil where there is none.
  static func size(of path: String) -> UInt64? {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(clamping: status.st_size) : nil
  }

  /// The digest of a file in hexadecimal, or nil where it cannot be read.
  static func sha256(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var digest = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 { return nil }
      if count == 0 { return digest.finish().hexadecimal }
      chunk.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  private static func processorField(_ name: String) -> String? {
    for line in (SystemFile.text("/proc/cpuinfo") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].drop(while: \.isWhitespace).hasPrefix(name) { return String(parts[1].drop(while: \.isWhitespace)) }
    }
    return nil
  }

  /// Bytes (/proc/meminfo counts kibibytes).
  private static func memory() -> UInt64 {
    let line = (SystemFile.text("/proc/meminfo") ?? "").split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { UInt64($0) } ?? 0) * 1024
  }

  private static func kernel() -> String {
    let name = SystemFile.line("/proc/sys/kernel/ostype") ?? "Linux"
    return name + " " + (SystemFile.line("/proc/sys/kernel/osrelease") ?? "unknown")
  }

  private static func distribution() -> String {
    for line in (SystemFile.text("/etc/os-release") ?? "").split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
      return line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" }
    }
    return "unknown"
  }

  /// The machine's maker where firmware tells it, else whether the processor says that it is virtual.
  private static func virtualization() -> String {
    if let hypervisor = SystemFile.line("/sys/hypervisor/type"), !hypervisor.isEmpty { return hypervisor }
    let isVirtual = processorField("flags")?.split(separator: " ").contains("hypervisor") ?? false
    guard isVirtual else { return "none" }
    let maker = SystemFile.line("/sys/class/dmi/id/sys_vendor") ?? ""
    return maker.isEmpty ? "virtual machine" : "virtual machine (\(maker))"
  }

  private static func mitigations() -> [String: String] {
    let folder = "/sys/devices/system/cpu/vulnerabilities"
    var result: [String: String] = [:]
    for name in SystemFile.entries(folder) { result[name] = SystemFile.line("\(folder)/\(name)") }
    return result
  }

  private static func cgroupLayout() -> String {
    let hierarchies = CgroupHierarchy.all()
    let memory = CgroupHierarchy.with("memory", among: hierarchies)
    let layout =
      hierarchies.allSatisfy { $0.version == .two } ? "v2" : hierarchies.contains { $0.version == .two } ? "v1 and v2 (hybrid)" : "v1"
    guard !hierarchies.isEmpty else { return "none" }
    return layout + (memory.map { ", memory in v\($0.version == .one ? 1 : 2)" } ?? ", no memory controller")
  }
}

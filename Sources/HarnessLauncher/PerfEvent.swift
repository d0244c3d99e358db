import Glibc

/// An event of the kernel's performance subsystem, opened with perf_event_open(2).
enum PerfEvent {
  /// `struct perf_event_attr` as far as PERF_ATTR_SIZE_VER5 (linux/perf_event.h); every later kernel accepts this length.
  struct Attributes {
    var type: UInt32
    var size: UInt32 = 112
    var config: UInt64
    var samplePeriod: UInt64 = 0
    var sampleType: UInt64 = 0
    var readFormat: UInt64 = 0
    var flags: UInt64 = 0
    var wakeup: UInt32 = 0
    var breakpointType: UInt32 = 0
    var config1: UInt64 = 0
    var config2: UInt64 = 0
    var branchSampleType: UInt64 = 0
    var userRegisters: UInt64 = 0
    var userStack: UInt32 = 0
    var clock: Int32 = 0
    var interruptRegisters: UInt64 = 0
    var auxiliaryWatermark: UInt32 = 0
    var maximumStack: UInt16 = 0
    var reserved: UInt16 = 0

    init(type: UInt32, config: UInt64) {
      self.type = type
      self.config = config
    }
  }

  // The types that need no look-up.
  static let hardware: UInt32 = 0
  static let software: UInt32 = 1
  static let tracepoint: UInt32 = 2

  /// Bits of `flags`, in the order of the structure's bit fields.
  enum Flag {
    static let disabled: UInt64 = 1 << 0
    static let inherit: UInt64 = 1 << 1
    static let excludeKernel: UInt64 = 1 << 5
    static let excludeHypervisor: UInt64 = 1 << 6
    static let recordsNames: UInt64 = 1 << 9
    static let enableOnExec: UInt64 = 1 << 12
    static let recordsTasks: UInt64 = 1 << 13
    static let identifiesRecords: UInt64 = 1 << 18
    static let marksExec: UInt64 = 1 << 24
    static let usesClock: UInt64 = 1 << 25
  }

  /// Opens an event for a process (0: this one, -1: all) on a CPU (-1: all), closed on exec, in the launcher's own range of descriptors.
  /// - Throws: `SystemError` in words that say what the machine lacks.
  static func open(_ attributes: Attributes, process: pid_t, cpu: Int) throws -> Int32 {
    var attributes = attributes
    let descriptor = withUnsafeMutablePointer(to: &attributes) { System.openPerfEvent($0, process: process, cpu: cpu) }
    guard descriptor >= 0 else { throw SystemError(message: explain(errno, attributes)) }
    return try System.moveHigh(descriptor)
  }

  private static func explain(_ code: Int32, _ attributes: Attributes) -> String {
    switch code {
    case ENOENT where attributes.type == hardware, EOPNOTSUPP where attributes.type == hardware:
      return "this machine has no hardware counters"
        + (SmallFile.read("/proc/cpuinfo", limit: 65536)?.contains(" hypervisor ") == true ? " (a virtual machine without them)" : "")
    case EACCES, EPERM:
      let level = SmallFile.read("/proc/sys/kernel/perf_event_paranoid").map { $0.prefix { $0 != "\n" } } ?? "unknown"
      return "the kernel does not allow perf events here (kernel.perf_event_paranoid is \(level))"
    case ENOSYS: return "the kernel has no perf events"
    default: return "perf_event_open: \(String(cString: strerror(code)))"
    }
  }
}

/// Files of /proc and /sys.
enum SmallFile {
  static func read(_ path: String, limit: Int = 4096) -> String? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { buffer in
      let count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
      return count > 0 ? String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self) : nil
    }
  }

  /// A file that holds one number.
  static func number(_ path: String) -> UInt64? { read(path).flatMap { UInt64($0.prefix { $0.isNumber }) } }
}

import Glibc
import Synchronization

/// openat2(2), which glibc does not wrap.
enum Openat2 {
  /// `struct open_how`.
  private struct How {
    var flags: UInt64
    var mode: UInt64
    var resolve: UInt64
  }

  private static let callNumber = 437
  /// RESOLVE_BENEATH (no component leads above the directory) and RESOLVE_NO_MAGICLINKS (no jumps through /proc).
  private static let resolve: UInt64 = 0x08 | 0x02
  /// The kernel answers EAGAIN when something was renamed while it resolved `..`.
  private static let attempts = 64

  /// Set once the kernel has said that it has no such call.
  static var isRefused: Bool {
    get { refused.load(ordering: .relaxed) }
    set { refused.store(newValue, ordering: .relaxed) }
  }
  private static let refused = Atomic<Bool>(false)

  /// - Returns: a descriptor, or -1 with `errno` set (EXDEV: the path leads out).
  static func open(_ directory: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 {
    // Unlike openat, the call refuses a mode without O_CREAT.
    var how = How(
      flags: UInt64(UInt32(bitPattern: flags)), mode: flags & O_CREAT != 0 ? UInt64(mode) : 0, resolve: resolve)
    var attempt = 0
    while true {
      let result = withUnsafePointer(to: &how) {
        systemCall(callNumber, Int(directory), Int(bitPattern: path), Int(bitPattern: $0), MemoryLayout<How>.size, 0)
      }
      attempt += 1
      if result >= 0 || (errno != EAGAIN && errno != EINTR) || attempt == attempts { return Int32(truncatingIfNeeded: result) }
    }
  }
}

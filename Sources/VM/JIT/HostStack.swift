import Glibc

/// The host's stack of the thread that runs.
enum HostStack {
  /// What compiled code leaves to the runtime's and the host's functions that it calls.
  private static let reserve = 256 << 10

  /// Lowest address that compiled code may use.
  static func limit() -> UInt {
    var marker = 0
    let here = withUnsafePointer(to: &marker) { UInt(bitPattern: $0) }
    if let first, first.contains(here) { return first.lowerBound }
    guard getpid() == threadNumber() else { return limitOfThread() ?? here - UInt(reserve) }
    // The first thread's stack grows until this limit, which counts from its very beginning: arguments and environment are on it. The name
    // that the program was executed by is the last of them (getauxval(3), AT_EXECFN).
    var bound = rlimit()
    getrlimit(__rlimit_resource_t(3), &bound)
    let bytes = UInt(truncatingIfNeeded: min(bound.rlim_cur, 64 << 20))
    let name = auxiliaryValue(31)
    let top = name > here ? (name + 4096) & ~4095 : here + UInt(reserve)
    let lowest = top - min(bytes, top)
    // With little to begin with, half of what is left.
    let limit = here > lowest + 4 * UInt(reserve) ? lowest + UInt(reserve) : here - (here - min(lowest, here)) / 2
    first = limit..<top
    return limit
  }

  /// The stack of the process's first thread, which nobody else can be on, once it has been looked up. Threads write the same to it.
  nonisolated(unsafe) private static var first: Range<UInt>?

  private static func limitOfThread() -> UInt? {
    var attributes = pthread_attr_t()
    guard pthread_getattr(pthread_self(), &attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    var address: UnsafeMutableRawPointer?
    var size = 0
    guard pthread_attr_getstack(&attributes, &address, &size) == 0, let address else { return nil }
    return UInt(bitPattern: address) + UInt(min(reserve, size / 2))
  }
}

@_silgen_name("pthread_getattr_np")
private func pthread_getattr(_ thread: pthread_t, _ attributes: UnsafeMutablePointer<pthread_attr_t>) -> Int32

@_silgen_name("gettid")
private func threadNumber() -> pid_t

@_silgen_name("getauxval")
private func auxiliaryValue(_ type: UInt) -> UInt

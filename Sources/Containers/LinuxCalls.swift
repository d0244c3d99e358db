import Glibc

// Linux's own calls, which glibc's headers hide from Swift. Swift passes these arguments in the same registers as C does.

/// syscall(2). The variadic original takes its arguments in the same registers.
@_silgen_name("syscall")
@discardableResult
func systemCall(_ number: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int) -> Int

/// Numbers of system calls on x86-64.
enum SystemCall {
  static let prctl = 157
  static let capset = 126
  static let setgroups = 116
  static let setgid = 106
  static let setuid = 105
  static let statfs = 137
  static let fstatfs = 138
  static let inotifyAddWatch = 254
  static let eventfd2 = 290
  static let inotifyInit1 = 294
  static let prlimit64 = 302
  static let seccomp = 317
  static let bpf = 321
  static let memfdCreate = 319
}

/// openat(2): opens a place in the file system, not a file to read.
let openPath: Int32 = 0o10_000_000

/// Whole small files, and single writes of values into the kernel's files.
enum SmallFile {
  /// Everything from where the descriptor stands to its end.
  ///
  /// - Returns: nil when reading fails; errno says why.
  static func readAll(_ descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    let isWhole = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer -> Bool in
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return count == 0 }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    return isWhole ? bytes : nil
  }

  /// - Returns: nil when the file cannot be read; errno says why.
  static func read(_ name: String, in folder: Int32 = AT_FDCWD) -> [UInt8]? {
    let descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { closeKeepingErrno(descriptor) }
    return readAll(descriptor)
  }

  /// Writes a value in one call, as files of the kernel want it, into a file that exists.
  ///
  /// - Returns: 0, or the system's number for the failure.
  static func write(_ value: String, to name: String, in folder: Int32 = AT_FDCWD) -> Int32 {
    let descriptor = openat(folder, name, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    return write(value, to: descriptor)
  }

  /// - Returns: 0, or the system's number for the failure.
  static func write(_ value: String, to descriptor: Int32) -> Int32 {
    var value = value
    return value.withUTF8 { bytes in
      while true {
        let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        if count == bytes.count { return 0 }
        if count >= 0 { return EIO }
        if errno != EINTR { return errno }
      }
    }
  }

  private static func closeKeepingErrno(_ descriptor: Int32) {
    let code = errno
    close(descriptor)
    errno = code
  }
}

/// memmem(3): where the shorter bytes lie within the longer ones.
@_silgen_name("memmem")
func memmem(_ bytes: UnsafeRawPointer, _ count: Int, _ wanted: UnsafeRawPointer, _ wantedCount: Int) -> UnsafeMutableRawPointer?

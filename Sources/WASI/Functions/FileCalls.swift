import Glibc

/// Calls on open files: reading, writing, position, size, times.
enum FileCalls {
  /// Arguments: descriptor, vectors, their count, where the number of bytes goes.
  static func read(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdRead)
    try transfer(call, result: 3) { readv(descriptor.host, $0, $1) }
  }

  /// Arguments: descriptor, vectors, their count, where the number of bytes goes.
  static func write(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdWrite)
    try transfer(call, result: 3) { writev(descriptor.host, $0, $1) }
  }

  /// Arguments: descriptor, vectors, their count, offset, where the number of bytes goes.
  static func readAt(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), [.fdRead, .fdSeek])
    let offset = try fileOffset(call.i64(3))
    try transfer(call, result: 4) { preadv(descriptor.host, $0, $1, offset) }
  }

  /// Arguments: descriptor, vectors, their count, offset, where the number of bytes goes.
  ///
  /// POSIX writes at the offset even on an appending descriptor; Linux does so only when told.
  static func writeAt(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), [.fdWrite, .fdSeek])
    let offset = try fileOffset(call.i64(3))
    try transfer(call, result: 4) { vectors, count in
      if descriptor.appends {
        let written = pwritev2(descriptor.host, vectors, count, offset, noAppend)
        if written >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS) { return written }
      }
      return pwritev(descriptor.host, vectors, count, offset)
    }
  }

  /// RWF_NOAPPEND, Linux 6.9.
  private static let noAppend: Int32 = 0x20

  private static func transfer(
    _ call: Call, result: Int, _ body: (UnsafeMutablePointer<iovec>, Int32) -> Int
  ) throws(Errno) {
    try call.guest.check(call.i32(result), 4)
    let count = try call.guest.withVectors(call.i32(1), call.i32(2), body)
    try call.guest.store(count, at: call.i32(result))
  }

  /// Arguments: descriptor, offset, whence, where the new position goes.
  static func seek(_ call: Call) throws(Errno) {
    let offset = Int64(bitPattern: call.i64(1))
    let whence = try whence(UInt8(truncatingIfNeeded: call.i32(2)), call.dialect)
    // Asking for the position is telling.
    let isTelling = offset == 0 && whence == .current
    let descriptor = try call.host.descriptor(call.i32(0), isTelling ? .fdTell : [.fdSeek, .fdTell])
    try seek(call, descriptor, offset, whence, result: 3)
  }

  /// Arguments: descriptor, where the position goes.
  static func tell(_ call: Call) throws(Errno) {
    try seek(call, try call.host.descriptor(call.i32(0), .fdTell), 0, .current, result: 1)
  }

  private static func seek(
    _ call: Call, _ descriptor: Descriptor, _ offset: Int64, _ whence: Whence, result: Int
  ) throws(Errno) {
    try call.guest.check(call.i32(result), 8)
    let position = lseek(descriptor.host, Int(offset), whence.host)
    guard position >= 0 else { throw .last }
    try call.guest.store(UInt64(position), at: call.i32(result))
  }

  /// Preview 0 counted current, end, start.
  private static func whence(_ number: UInt8, _ dialect: Dialect) throws(Errno) -> Whence {
    guard number < 3, let whence = Whence(rawValue: dialect == .preview1 ? number : (number + 1) % 3) else { throw .inval }
    return whence
  }

  /// Arguments: descriptor, offset, length, advice.
  static func advise(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdAdvise)
    let advices = [
      POSIX_FADV_NORMAL, POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM, POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED, POSIX_FADV_NOREUSE,
    ]
    let advice = UInt8(truncatingIfNeeded: call.i32(3))
    guard advice < advices.count else { throw .inval }
    let error = posix_fadvise(
      descriptor.host, try fileOffset(call.i64(1)), try fileOffset(call.i64(2)), advices[Int(advice)])
    guard error == 0 else { throw Errno(host: error) }
  }

  /// Arguments: descriptor, offset, length.
  static func allocate(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdAllocate)
    guard fallocate(descriptor.host, 0, try fileOffset(call.i64(1)), try fileOffset(call.i64(2))) == 0 else { throw .last }
  }

  /// Arguments: descriptor.
  static func sync(_ call: Call) throws(Errno) {
    guard fsync(try call.host.descriptor(call.i32(0), .fdSync).host) == 0 else { throw .last }
  }

  /// Arguments: descriptor.
  static func datasync(_ call: Call) throws(Errno) {
    guard fdatasync(try call.host.descriptor(call.i32(0), .fdDatasync).host) == 0 else { throw .last }
  }

  /// Arguments: descriptor, where the `filestat` goes.
  static func getAttributes(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdFilestatGet)
    var status = stat()
    guard fstat(descriptor.host, &status) == 0 else { throw .last }
    let type = FileType.of(status, descriptor: descriptor.host)
    try Filestat(status, type: type).write(to: call.guest, at: call.i32(1), call.dialect)
  }

  /// Arguments: descriptor, size.
  static func setSize(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdFilestatSetSize)
    guard ftruncate(descriptor.host, try fileOffset(call.i64(1))) == 0 else { throw .last }
  }

  /// Arguments: descriptor, access time, modification time, which of them to set.
  static func setTimes(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdFilestatSetTimes)
    let times = try FileTimes(access: call.i64(1), modification: call.i64(2), flags: call.i16(3))
    guard times.withPointer({ futimens(descriptor.host, $0) }) == 0 else { throw .last }
  }

  private static func fileOffset(_ value: UInt64) throws(Errno) -> Int {
    guard value <= UInt64(Int64.max) else { throw .inval }
    return Int(value)
  }
}

/// The two times of futimens(2) and utimensat(2).
struct FileTimes {
  private let times: (timespec, timespec)

  /// - Throws: `inval` when a time is to be set and to be now.
  init(access: UInt64, modification: UInt64, flags: UInt16) throws(Errno) {
    let flags = TimeFlags(rawValue: flags)
    guard TimeFlags.all.isSuperset(of: flags), !flags.isSuperset(of: [.access, .accessNow]),
      !flags.isSuperset(of: [.modification, .modificationNow])
    else { throw .inval }
    times = (
      Self.time(access, flags.contains(.access), flags.contains(.accessNow)),
      Self.time(modification, flags.contains(.modification), flags.contains(.modificationNow))
    )
  }

  private static func time(_ value: UInt64, _ isSet: Bool, _ isNow: Bool) -> timespec {
    if isSet { return timespec(nanoseconds: value) }
    return timespec(tv_sec: 0, tv_nsec: isNow ? utimeNow : utimeOmit)
  }

  // UTIME_NOW and UTIME_OMIT are macros with casts, which Swift does not import.
  private static let utimeNow = (1 << 30) - 1
  private static let utimeOmit = (1 << 30) - 2

  func withPointer(_ body: (UnsafePointer<timespec>) -> Int32) -> Int32 {
    withUnsafePointer(to: times) { $0.withMemoryRebound(to: timespec.self, capacity: 2, body) }
  }
}

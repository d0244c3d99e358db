import Glibc

/// `fd_readdir`: the entries of a directory, from a position.
///
/// A cookie is a position that the guest may come back to at any time: 0 is the start, 1 is behind `.`, 2 is behind `..`, and any
/// other is the kernel's own position (`d_off` of getdents64) plus 3. Nothing is kept between calls, so replayed cookies and
/// changes to the directory behave as they do with telldir and seekdir.
enum DirectoryCalls {
  private static let firstKernelCookie: UInt64 = 3
  /// Bytes of entries fetched at a time.
  private static let chunkSize = 4096

  /// Arguments: descriptor, buffer, its length, cookie, where the number of used bytes goes.
  ///
  /// The buffer is filled to its last byte if there are more entries: the last one is cut off then.
  static func read(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdReaddir)
    guard descriptor.type == .directory else { throw .notdir }
    try call.guest.check(call.i32(4), 4)
    var sink = EntrySink(try call.guest.bytes(call.i32(1), call.i32(2)))
    let cookie = call.i64(3)
    if cookie < 2 {
      // Neither of the two says anything of what lies above a preopened folder.
      var status = stat()
      guard fstat(descriptor.host, &status) == 0 else { throw .last }
      let inode = UInt64(status.st_ino)
      if cookie == 0 { sink.add(Dirent(next: 1, inode: inode, nameLength: 1, type: .directory), name: ".") }
      sink.add(Dirent(next: 2, inode: inode, nameLength: 2, type: .directory), name: "..")
    }
    if !sink.isFull { try readEntries(descriptor.host, from: cookie, into: &sink) }
    try call.guest.store(UInt32(sink.used), at: call.i32(4))
  }

  private static func readEntries(_ directory: Int32, from cookie: UInt64, into sink: inout EntrySink) throws(Errno) {
    let position = cookie < firstKernelCookie ? 0 : cookie - firstKernelCookie
    guard position <= UInt64(Int64.max), lseek(directory, Int(position), SEEK_SET) >= 0 else { throw .inval }
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 8)
    defer { chunk.deallocate() }
    while !sink.isFull {
      let length = systemCall(getdents64, Int(directory), Int(bitPattern: chunk.baseAddress!), chunk.count, 0, 0)
      guard length >= 0 else { throw .last }
      guard length > 0 else { return }
      var offset = 0
      while offset < length, !sink.isFull {
        let entry = KernelEntry(UnsafeRawPointer(chunk.baseAddress!) + offset)
        offset += entry.recordLength
        if entry.isDots { continue }
        sink.add(
          Dirent(
            next: UInt64(bitPattern: entry.position) &+ firstKernelCookie, inode: entry.inode, nameLength: UInt32(entry.nameLength),
            type: try type(of: entry, in: directory)),
          name: entry.name)
      }
    }
  }

  /// File systems that do not tell the type here tell it when asked.
  private static func type(of entry: KernelEntry, in directory: Int32) throws(Errno) -> FileType {
    if let type = FileType(directoryEntry: entry.type) { return type }
    var status = stat()
    guard fstatat(directory, entry.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .unknown }
    return FileType(mode: status.st_mode)
  }

  private static let getdents64 = 217
}

/// Writes entries into the guest's buffer until it is full.
private struct EntrySink {
  private let buffer: UnsafeMutableRawBufferPointer
  private(set) var used = 0

  init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

  var isFull: Bool { used == buffer.count }

  mutating func add(_ entry: Dirent, name: UnsafePointer<CChar>) {
    withUnsafeTemporaryAllocation(byteCount: Dirent.size, alignment: 8) { head in
      entry.write(to: head)
      append(UnsafeRawBufferPointer(head))
    }
    append(UnsafeRawBufferPointer(start: name, count: Int(entry.nameLength)))
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    let count = min(bytes.count, buffer.count - used)
    guard count > 0 else { return }
    (buffer.baseAddress! + used).copyMemory(from: bytes.baseAddress!, byteCount: count)
    used += count
  }
}

/// `struct linux_dirent64` where the kernel put it.
private struct KernelEntry {
  private let start: UnsafeRawPointer

  init(_ start: UnsafeRawPointer) { self.start = start }

  var inode: UInt64 { start.loadUnaligned(as: UInt64.self) }
  /// Where the next entry is, for lseek.
  var position: Int64 { start.loadUnaligned(fromByteOffset: 8, as: Int64.self) }
  var recordLength: Int { Int(start.loadUnaligned(fromByteOffset: 16, as: UInt16.self)) }
  var type: UInt8 { start.load(fromByteOffset: 18, as: UInt8.self) }
  var name: UnsafePointer<CChar> { (start + 19).assumingMemoryBound(to: CChar.self) }
  var nameLength: Int { strlen(name) }

  /// Whether it is `.` or `..`.
  var isDots: Bool {
    let dot = CChar(bitPattern: UInt8(ascii: "."))
    return name[0] == dot && (name[1] == 0 || (name[1] == dot && name[2] == 0))
  }
}

import Glibc

/// `path_*`: files by name, below an open directory. Every path goes through the host's `PathResolver`.
enum PathCalls {
  /// Arguments: directory, path and its length.
  static func createDirectory(_ call: Call) throws(Errno) {
    try withEntry(call, 0, 1, .pathCreateDirectory) { mkdirat($0.directory, $0.name, 0o777) }
  }

  /// Arguments: directory, path and its length.
  static func removeDirectory(_ call: Call) throws(Errno) {
    try withEntry(call, 0, 1, .pathRemoveDirectory) { unlinkat($0.directory, $0.name, AT_REMOVEDIR) }
  }

  /// Arguments: directory, path and its length.
  static func unlinkFile(_ call: Call) throws(Errno) {
    try withEntry(call, 0, 1, .pathUnlinkFile) { unlinkat($0.directory, $0.name, 0) }
  }

  /// Arguments: content and its length, directory, path and its length.
  ///
  /// The content may lead anywhere below the folder or nowhere. An absolute one means something to the guest only where it is followed,
  /// and is made only where the host allows it.
  static func symlink(_ call: Call) throws(Errno) {
    let content = UnsafeRawBufferPointer(try call.guest.bytes(call.i32(0), call.i32(1)))
    guard !content.isEmpty else { throw .noent }
    guard content.count < GuestPath.maximumCount else { throw .nametoolong }
    try GuestPath.withContent(content) { (content) throws(Errno) in
      let root = try call.host.directory(call.i32(2), .pathSymlink).root
      if content.isAbsolute, root == nil || !call.host.makesAbsoluteLinks { throw .notcapable }
      try withEntry(call, 2, 3, .pathSymlink) { symlinkat(content.text, $0.directory, $0.name) }
    }
  }

  /// Arguments: old directory, old path and its length, new directory, new path and its length.
  static func rename(_ call: Call) throws(Errno) {
    try GuestPath.with(call.guest, call.i32(1), call.i32(2)) { (path) throws(Errno) in
      let source = try call.host.directory(call.i32(0), .pathRenameSource)
      try call.host.resolver.withEntry(source.pathStart, path) { (old) throws(Errno) in
        try withEntry(call, 3, 4, .pathRenameTarget) { renameat(old.directory, old.name, $0.directory, $0.name) }
      }
    }
  }

  /// Arguments: old directory, lookup flags, old path and its length, new directory, new path and its length.
  static func link(_ call: Call) throws(Errno) {
    try withFile(call, 0, lookup: 1, 2, .pathLinkSource) { (old) throws(Errno) in
      try withEntry(call, 4, 5, .pathLinkTarget) { linkat(old.directory, old.name, $0.directory, $0.name, 0) }
    }
  }

  /// Arguments: directory, path and its length, buffer, its length, where the number of bytes goes. A longer content is cut off.
  static func readLink(_ call: Call) throws(Errno) {
    let buffer = try call.guest.bytes(call.i32(3), call.i32(4))
    try call.guest.check(call.i32(5), 4)
    let directory = try call.host.directory(call.i32(0), .pathReadlink)
    try GuestPath.with(call.guest, call.i32(1), call.i32(2)) { (path) throws(Errno) in
      try call.host.resolver.withFile(directory.pathStart, path, follow: false) { (place) throws(Errno) in
        let length = readlinkat(place.directory, place.name, buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
        guard length >= 0 else { throw .last }
        try call.guest.store(UInt32(length), at: call.i32(5))
      }
    }
  }

  /// Arguments: directory, lookup flags, path and its length, where the `filestat` goes.
  static func getAttributes(_ call: Call) throws(Errno) {
    try call.guest.check(call.i32(4), Filestat.size(call.dialect))
    let directory = try call.host.directory(call.i32(0), .pathFilestatGet)
    var status = stat()
    try GuestPath.with(call.guest, call.i32(2), call.i32(3)) { (path) throws(Errno) in
      // Opened as a path only: no permission to read is needed, and devices and pipes are not touched.
      let follow = LookupFlags(rawValue: call.i32(1)).contains(.symlinkFollow)
      let file = try call.host.resolver.open(directory.pathStart, path.text, O_PATH | (follow ? 0 : O_NOFOLLOW))
      defer { close(file) }
      guard fstat(file, &status) == 0 else { throw .last }
    }
    try Filestat(status, type: FileType(mode: status.st_mode)).write(to: call.guest, at: call.i32(4), call.dialect)
  }

  /// Arguments: directory, lookup flags, path and its length, access time, modification time, which of them to set.
  static func setTimes(_ call: Call) throws(Errno) {
    let times = try FileTimes(access: call.i64(4), modification: call.i64(5), flags: call.i16(6))
    try withFile(call, 0, lookup: 1, 2, .pathFilestatSetTimes) { (place) throws(Errno) in
      guard times.withPointer({ utimensat(place.directory, place.name, $0, AT_SYMLINK_NOFOLLOW) }) == 0 else { throw .last }
    }
  }

  /// A path's last component as an entry of its parent, for a system call that returns 0 or -1.
  private static func withEntry(
    _ call: Call, _ directory: Int, _ path: Int, _ rights: Rights, _ body: (Place) -> Int32
  ) throws(Errno) {
    let directory = try call.host.directory(call.i32(directory), rights)
    try GuestPath.with(call.guest, call.i32(path), call.i32(path + 1)) { (path) throws(Errno) in
      try call.host.resolver.withEntry(directory.pathStart, path) { (place) throws(Errno) in
        guard body(place) == 0 else { throw .last }
      }
    }
  }

  private static func withFile(
    _ call: Call, _ directory: Int, lookup: Int, _ path: Int, _ rights: Rights, _ body: (Place) throws(Errno) -> Void
  ) throws(Errno) {
    let directory = try call.host.directory(call.i32(directory), rights)
    let follow = LookupFlags(rawValue: call.i32(lookup)).contains(.symlinkFollow)
    try GuestPath.with(call.guest, call.i32(path), call.i32(path + 1)) { (path) throws(Errno) in
      try call.host.resolver.withFile(directory.pathStart, path, follow: follow, body)
    }
  }
}

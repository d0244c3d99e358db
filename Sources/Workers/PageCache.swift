import Glibc

/// The state of files in the page cache.
///
/// Cold: pages that are mapped by a running process, and shared libraries of the system, stay: cold means that the guest's and the
/// runtime's own files are read again, not that the machine was just booted.
enum PageCache {
  /// Reads files anew from disk, from their beginning to their end. How a file's pages came into the cache shows in the time of whoever
  /// maps them: those a linker wrote here and there are small, those of a copy large, and a program of a millisecond takes a sixth longer
  /// in the former. Read alike, files are alike.
  static func renew(_ files: [String]) {
    drop(files)
    read(files)
  }

  /// Reads those files again of which pages have left the cache since: a machine may reclaim them at any time, and what was to be warm would
  /// be measured reading from disk.
  static func keep(_ files: [String]) {
    read(files.filter { file in resident(file).map { UInt64($0) < EnvironmentRecord.size(of: file) ?? 0 } ?? false })
  }

  private static func read(_ files: [String]) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    for file in files {
      let descriptor = open(file, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      while Glibc.read(descriptor, buffer.baseAddress!, buffer.count) > 0 {}
      close(descriptor)
    }
  }

  static func drop(_ files: [String]) {
    for file in files {
      let descriptor = open(file, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      // Pages that are not on disk yet are not dropped.
      fdatasync(descriptor)
      posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
      close(descriptor)
    }
  }

  /// Bytes of a file that are in the page cache, or nil where that cannot be told (mincore(2)).
  static func resident(_ file: String) -> Int? {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
    let length = Int(status.st_size)
    guard let address = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED else { return nil }
    defer { munmap(address, length) }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    var pages = [UInt8](repeating: 0, count: (length + page - 1) / page)
    guard mincore(address, length, &pages) == 0 else { return nil }
    return pages.reduce(0) { $0 + ($1 & 1 == 1 ? page : 0) }
  }
}

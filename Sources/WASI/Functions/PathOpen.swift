import Glibc

extension PathCalls {
  /// Arguments: directory, lookup flags, path and its length, open flags, rights, inheriting rights, descriptor flags, where the
  /// new descriptor goes.
  ///
  /// Of the wanted rights only reading and writing count, as guests expect: they choose the access mode. The descriptor gets every
  /// other right that its kind of file can use and that the directory passes on, whether asked for or not, and what it passes on
  /// itself is what the directory does.
  static func open(_ call: Call) throws(Errno) {
    let result = call.i32(8)
    try call.guest.check(result, 4)
    let openFlags = OpenFlags(rawValue: call.i16(4))
    let wanted = Rights(rawValue: call.i64(5))
    let flags = DescriptorFlags(rawValue: call.i16(7))
    guard OpenFlags.all.isSuperset(of: openFlags), DescriptorFlags.all.isSuperset(of: flags),
      !openFlags.isSuperset(of: [.create, .directory])
    else { throw .inval }
    var needed: Rights = .pathOpen
    if openFlags.contains(.create) { needed.insert(.pathCreateFile) }
    if openFlags.contains(.truncate) { needed.insert(.pathFilestatSetSize) }
    let directory = try call.host.directory(call.i32(0), needed)
    let access = wanted.intersection([.fdRead, .fdWrite])
    guard directory.inheriting.isSuperset(of: access) else { throw .notcapable }

    var hostFlags = openFlags.host | flags.host | accessMode(access)
    if !LookupFlags(rawValue: call.i32(1)).contains(.symlinkFollow) { hostFlags |= O_NOFOLLOW }
    let file = try GuestPath.with(call.guest, call.i32(2), call.i32(3)) { (path) throws(Errno) in
      try call.host.resolver.open(directory.host, path.text, hostFlags, mode: 0o666)
    }
    do throws(Errno) {
      let type = openFlags.contains(.directory) ? FileType.directory : try self.type(of: file, writes: access.contains(.fdWrite))
      let number = try call.host.descriptors.insert(
        Descriptor(
          host: file, isOwned: true, type: type, rights: rights(type, access).intersection(directory.inheriting),
          inheriting: directory.inheriting, appends: flags.contains(.append)))
      try call.guest.store(number, at: result)
    } catch {
      close(file)
      throw error
    }
  }

  private static func accessMode(_ access: Rights) -> Int32 {
    switch access {
    case [.fdRead, .fdWrite]: O_RDWR
    case .fdWrite: O_WRONLY
    default: O_RDONLY
    }
  }

  private static func rights(_ type: FileType, _ access: Rights) -> Rights {
    if type == .directory { return .directory }
    var rights = Rights.file
    if !access.contains(.fdRead) { rights.remove(.fdRead) }
    if !access.contains(.fdWrite) { rights.subtract(.writing) }
    return rights
  }

  /// Of a file just opened, unless it is one that no guest may have.
  private static func type(of file: Int32, writes: Bool) throws(Errno) -> FileType {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .last }
    let type = FileType(mode: status.st_mode)
    if type == .regularFile { try ProcessFiles.check(file, mode: status.st_mode, writes: writes) }
    return type
  }
}

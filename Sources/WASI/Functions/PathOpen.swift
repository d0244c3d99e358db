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
    let end = try GuestPath.with(call.guest, call.i32(2), call.i32(3)) { (path) throws(Errno) in
      try call.host.resolver.find(directory.pathStart, path.text, hostFlags, mode: 0o666)
    }
    let descriptor =
      switch end {
      case .file(let file): try opened(file, openFlags, access, appends: flags.contains(.append), below: directory)
      case .stream(let number): try duplicate(try? call.host.descriptors.get(number), openFlags, access, below: directory)
      }
    do throws(Errno) {
      try call.guest.store(try call.host.descriptors.insert(descriptor), at: result)
    } catch {
      close(descriptor.host)
      throw error
    }
  }

  /// The guest's descriptor for a file of the host, which is closed where it cannot have one.
  private static func opened(
    _ file: Int32, _ openFlags: OpenFlags, _ access: Rights, appends: Bool, below directory: Descriptor
  ) throws(Errno) -> Descriptor {
    do throws(Errno) {
      let type = openFlags.contains(.directory) ? FileType.directory : try self.type(of: file, writes: access.contains(.fdWrite))
      return Descriptor(
        host: file, isOwned: true, type: type, rights: rights(type, access).intersection(directory.inheriting),
        inheriting: directory.inheriting, appends: appends, root: directory.root)
    } catch {
      close(file)
      throw error
    }
  }

  /// Another descriptor for what is open already: the guest gets no more than it holds, and opens nothing.
  ///
  /// - Throws: `acces` for reading what it may only write, and the other way round.
  private static func duplicate(
    _ stream: Descriptor?, _ openFlags: OpenFlags, _ access: Rights, below directory: Descriptor
  ) throws(Errno) -> Descriptor {
    guard let stream else { throw .noent }
    guard !openFlags.contains(.directory), stream.type != .directory else { throw .notdir }
    guard stream.rights.isSuperset(of: access) else { throw .acces }
    let host = fcntl(stream.host, F_DUPFD_CLOEXEC, 0)
    guard host >= 0 else { throw .last }
    var copy = stream
    copy.host = host
    copy.isOwned = true
    copy.rights = stream.rights.intersection(rights(.unknown, access)).intersection(directory.inheriting)
    return copy
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

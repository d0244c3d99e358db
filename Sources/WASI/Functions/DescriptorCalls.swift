import Glibc

/// Calls about the descriptors themselves: closing, moving, status, rights, and which of them are preopened folders.
enum DescriptorCalls {
  /// Arguments: descriptor.
  static func close(_ call: Call) throws(Errno) {
    release(try call.host.descriptors.remove(call.i32(0)))
  }

  /// Arguments: descriptor, the open number that it gets.
  static func renumber(_ call: Call) throws(Errno) {
    if let replaced = try call.host.descriptors.renumber(call.i32(0), to: call.i32(1)) { release(replaced) }
  }

  private static func release(_ descriptor: Descriptor) {
    if descriptor.isOwned { Glibc.close(descriptor.host) }
  }

  /// Arguments: descriptor, where the `fdstat` goes.
  static func getStatus(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptors.get(call.i32(0))
    try call.guest.check(call.i32(1), Fdstat.size)
    let type = try call.host.type(of: call.i32(0), descriptor)
    let flags = fcntl(descriptor.host, F_GETFL)
    guard flags >= 0 else { throw .last }
    let status = Fdstat(
      type: type, flags: DescriptorFlags(host: flags),
      rights: descriptor.rights.intersection(possibleRights(type, descriptor)), inheriting: descriptor.inheriting)
    try status.write(to: call.guest, at: call.i32(1))
  }

  /// What a file of that kind can do at all. Guests take a character device that cannot seek for a terminal.
  private static func possibleRights(_ type: FileType, _ descriptor: Descriptor) -> Rights {
    switch type {
    case .directory: .directory
    case .socketStream, .socketDatagram: .socket
    case .characterDevice: isatty(descriptor.host) == 1 ? .terminal : .file
    case .regularFile, .blockDevice: .file
    case .unknown, .symbolicLink: .terminal
    }
  }

  /// Arguments: descriptor, flags. Linux can change `append` and `nonBlocking` of an open file, and nothing else.
  static func setFlags(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptor(call.i32(0), .fdFdstatSetFlags)
    let wanted = DescriptorFlags(rawValue: call.i16(1))
    guard DescriptorFlags.all.isSuperset(of: wanted) else { throw .inval }
    let old = fcntl(descriptor.host, F_GETFL)
    guard old >= 0 else { throw .last }
    let syncs: DescriptorFlags = [.dataSync, .readSync, .sync]
    guard DescriptorFlags(host: old).isSuperset(of: wanted.intersection(syncs)) else { throw .notsup }
    let kept = old & ~(O_APPEND | O_NONBLOCK)
    guard fcntl(descriptor.host, F_SETFL, kept | wanted.subtracting(syncs).host) == 0 else { throw .last }
    try call.host.descriptors.update(call.i32(0)) { $0.appends = wanted.contains(.append) }
  }

  /// Arguments: descriptor, rights, inheriting rights. Rights can be given up, never gained.
  static func setRights(_ call: Call) throws(Errno) {
    let descriptor = try call.host.descriptors.get(call.i32(0))
    let rights = Rights(rawValue: call.i64(1))
    let inheriting = Rights(rawValue: call.i64(2))
    guard descriptor.rights.isSuperset(of: rights), descriptor.inheriting.isSuperset(of: inheriting) else { throw .notcapable }
    try call.host.descriptors.update(call.i32(0)) {
      $0.rights = rights
      $0.inheriting = inheriting
    }
  }

  /// Arguments: descriptor, where the `prestat` goes: a tag byte (0, a directory) and at 4 the name's length.
  static func getFolder(_ call: Call) throws(Errno) {
    guard let folder = try call.host.descriptors.get(call.i32(0)).folder else { throw .badf }
    var bytes = ByteWriter(try call.guest.bytes(call.i32(1), 8))
    bytes.write(UInt8(0))
    bytes.write(UInt32(call.host.folders[folder].guest.count))
  }

  /// Arguments: descriptor, buffer, its length. The name is not terminated.
  static func getFolderName(_ call: Call) throws(Errno) {
    guard let folder = try call.host.descriptors.get(call.i32(0)).folder else { throw .badf }
    let name = call.host.folders[folder].guest
    guard call.i32(2) >= name.count else { throw .nametoolong }
    try call.guest.bytes(call.i32(1), UInt32(name.count)).copyBytes(from: name)
  }
}

extension WASIHost {
  /// The kind of file behind a descriptor, asked for once.
  func type(of number: UInt32, _ descriptor: Descriptor) throws(Errno) -> FileType {
    if let type = descriptor.type { return type }
    var status = stat()
    guard fstat(descriptor.host, &status) == 0 else { throw .last }
    let type = FileType.of(status, descriptor: descriptor.host)
    try descriptors.update(number) { $0.type = type }
    return type
  }
}

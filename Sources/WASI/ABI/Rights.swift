/// What may be done with a descriptor (preview 1, `rights`): one bit for each kind of call.
struct Rights: OptionSet, Sendable {
  let rawValue: UInt64

  static let fdDatasync = Rights(rawValue: 1 << 0)
  static let fdRead = Rights(rawValue: 1 << 1)
  static let fdSeek = Rights(rawValue: 1 << 2)
  static let fdFdstatSetFlags = Rights(rawValue: 1 << 3)
  static let fdSync = Rights(rawValue: 1 << 4)
  static let fdTell = Rights(rawValue: 1 << 5)
  static let fdWrite = Rights(rawValue: 1 << 6)
  static let fdAdvise = Rights(rawValue: 1 << 7)
  static let fdAllocate = Rights(rawValue: 1 << 8)
  static let pathCreateDirectory = Rights(rawValue: 1 << 9)
  static let pathCreateFile = Rights(rawValue: 1 << 10)
  static let pathLinkSource = Rights(rawValue: 1 << 11)
  static let pathLinkTarget = Rights(rawValue: 1 << 12)
  static let pathOpen = Rights(rawValue: 1 << 13)
  static let fdReaddir = Rights(rawValue: 1 << 14)
  static let pathReadlink = Rights(rawValue: 1 << 15)
  static let pathRenameSource = Rights(rawValue: 1 << 16)
  static let pathRenameTarget = Rights(rawValue: 1 << 17)
  static let pathFilestatGet = Rights(rawValue: 1 << 18)
  static let pathFilestatSetSize = Rights(rawValue: 1 << 19)
  static let pathFilestatSetTimes = Rights(rawValue: 1 << 20)
  static let fdFilestatGet = Rights(rawValue: 1 << 21)
  static let fdFilestatSetSize = Rights(rawValue: 1 << 22)
  static let fdFilestatSetTimes = Rights(rawValue: 1 << 23)
  static let pathSymlink = Rights(rawValue: 1 << 24)
  static let pathRemoveDirectory = Rights(rawValue: 1 << 25)
  static let pathUnlinkFile = Rights(rawValue: 1 << 26)
  static let pollFdReadwrite = Rights(rawValue: 1 << 27)
  static let sockShutdown = Rights(rawValue: 1 << 28)
  static let sockAccept = Rights(rawValue: 1 << 29)

  /// What a directory can be used for. No seeking, reading or resizing: guests take these bits as the mark of a file.
  static let directory: Rights = [
    .fdFdstatSetFlags, .fdSync, .fdDatasync, .fdAdvise, .pathCreateDirectory, .pathCreateFile, .pathLinkSource, .pathLinkTarget,
    .pathOpen, .fdReaddir, .pathReadlink, .pathRenameSource, .pathRenameTarget, .pathFilestatGet, .pathFilestatSetSize,
    .pathFilestatSetTimes, .fdFilestatGet, .fdFilestatSetTimes, .pathSymlink, .pathRemoveDirectory, .pathUnlinkFile,
    .pollFdReadwrite,
  ]

  /// What a regular file can be used for.
  static let file: Rights = [
    .fdDatasync, .fdRead, .fdSeek, .fdFdstatSetFlags, .fdSync, .fdTell, .fdWrite, .fdAdvise, .fdAllocate, .fdFilestatGet,
    .fdFilestatSetSize, .fdFilestatSetTimes, .pollFdReadwrite,
  ]

  /// What makes sense only for a file opened for writing.
  static let writing: Rights = [.fdWrite, .fdDatasync, .fdAllocate, .fdFilestatSetSize]

  /// What a socket can be used for.
  static let socket: Rights = [
    .fdRead, .fdWrite, .fdFdstatSetFlags, .fdFilestatGet, .pollFdReadwrite, .sockShutdown, .sockAccept,
  ]

  /// What a terminal or another character device can be used for: a guest takes one that cannot seek for a terminal.
  static let terminal: Rights = file.subtracting([.fdSeek, .fdTell, .fdAllocate, .fdFilestatSetSize])

  /// Everything that descriptors opened below a preopened folder may get.
  static let inheritable: Rights = directory.union(file)
}

import Glibc

/// State of an open descriptor (preview 1, `fdflags`).
struct DescriptorFlags: OptionSet, Sendable {
  let rawValue: UInt16
  static let append = DescriptorFlags(rawValue: 1 << 0)
  static let dataSync = DescriptorFlags(rawValue: 1 << 1)
  static let nonBlocking = DescriptorFlags(rawValue: 1 << 2)
  static let readSync = DescriptorFlags(rawValue: 1 << 3)
  static let sync = DescriptorFlags(rawValue: 1 << 4)

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// From the flags of open(2). Linux's O_SYNC contains O_DSYNC, and O_RSYNC is O_SYNC.
  init(host flags: Int32) {
    var result: DescriptorFlags = []
    if flags & O_APPEND != 0 { result.insert(.append) }
    if flags & O_NONBLOCK != 0 { result.insert(.nonBlocking) }
    if flags & O_SYNC == O_SYNC {
      result.insert(.sync)
    } else if flags & O_DSYNC != 0 {
      result.insert(.dataSync)
    }
    self = result
  }

  /// The same as flags of open(2).
  var host: Int32 {
    var flags: Int32 = 0
    if contains(.append) { flags |= O_APPEND }
    if contains(.nonBlocking) { flags |= O_NONBLOCK }
    if contains(.dataSync) { flags |= O_DSYNC }
    if contains(.sync) || contains(.readSync) { flags |= O_SYNC }
    return flags
  }

  static let all: DescriptorFlags = [.append, .dataSync, .nonBlocking, .readSync, .sync]
}

/// How to open (preview 1, `oflags`).
struct OpenFlags: OptionSet, Sendable {
  let rawValue: UInt16
  static let create = OpenFlags(rawValue: 1 << 0)
  static let directory = OpenFlags(rawValue: 1 << 1)
  static let exclusive = OpenFlags(rawValue: 1 << 2)
  static let truncate = OpenFlags(rawValue: 1 << 3)
  static let all: OpenFlags = [.create, .directory, .exclusive, .truncate]

  /// The same as flags of open(2).
  var host: Int32 {
    var flags: Int32 = 0
    if contains(.create) { flags |= O_CREAT }
    if contains(.directory) { flags |= O_DIRECTORY }
    if contains(.exclusive) { flags |= O_EXCL }
    if contains(.truncate) { flags |= O_TRUNC }
    return flags
  }
}

/// How to resolve a path (preview 1, `lookupflags`).
struct LookupFlags: OptionSet, Sendable {
  let rawValue: UInt32
  /// Follow a symbolic link that is the last component.
  static let symlinkFollow = LookupFlags(rawValue: 1 << 0)
}

/// Which times to set (preview 1, `fstflags`).
struct TimeFlags: OptionSet, Sendable {
  let rawValue: UInt16
  static let access = TimeFlags(rawValue: 1 << 0)
  static let accessNow = TimeFlags(rawValue: 1 << 1)
  static let modification = TimeFlags(rawValue: 1 << 2)
  static let modificationNow = TimeFlags(rawValue: 1 << 3)
  static let all: TimeFlags = [.access, .accessNow, .modification, .modificationNow]
}

/// Where an offset counts from (preview 1, `whence`).
enum Whence: UInt8, Sendable {
  case start = 0
  case current = 1
  case end = 2

  /// The same as the argument of lseek(2).
  var host: Int32 {
    switch self {
    case .start: SEEK_SET
    case .current: SEEK_CUR
    case .end: SEEK_END
    }
  }
}

import Glibc
import VM

/// What one guest sees of the world: its arguments, environment, descriptors and folders (WASI preview 1).
///
/// A host serves one instance. All calls happen on the thread that runs the instance; nothing here is locked.
public final class WASIHost {
  /// A class, because copying a structure of this size needs the run-time types of all its fields.
  public final class Configuration {
    /// The program's name first; without terminators.
    public var arguments = List<List<UInt8>>()
    /// `NAME=value`
    public var environment = List<List<UInt8>>()
    /// The guest's descriptors from 3 on, in this order (preview 1: fd_prestat_get).
    public var folders = List<Folder>()
    /// Host descriptors of the guest's 0, 1 and 2.
    public var standardStreams: InlineArray<3, Int32> = [0, 1, 2]
    /// Host descriptors of sockets that the guest gets behind its folders. The host owns them from now on.
    public var sockets: [Int32] = []
    /// Never use openat2, as on a kernel without it.
    public var walksPaths = false
    /// Whether the guest may make absolute symbolic links in a folder named `/`. A container's root file system is the guest's own, and
    /// programs that install things make them there; elsewhere a link that leads astray for everybody but the guest is refused, as
    /// preview 1's test suite has it.
    public var makesAbsoluteLinks = false

    /// Nothing but this process's own standard streams.
    public init() {}
  }

  /// A folder of the host that the guest may use. Its names are bytes without NUL, as all paths are; they need not be UTF-8.
  public struct Folder: Equatable, Sendable {
    /// Path on the host.
    public var host: List<UInt8>
    /// What the guest calls it. In a folder named `/`, absolute symbolic links start from that folder; elsewhere they lead nowhere.
    public var guest: List<UInt8>
    /// Neither path is checked before the host is set up; `guest` may be any bytes.
    public init(host: List<UInt8>, guest: List<UInt8>) {
      self.host = host
      self.guest = guest
    }

    /// Whether this is all that there is for the guest.
    var isRoot: Bool { guest.count == 1 && guest[0] == UInt8(ascii: "/") }

    public init(host: String, guest: String) { self.init(host: List(host.utf8), guest: List(guest.utf8)) }
  }

  /// The host cannot be set up: which folder, and why.
  public struct SetupError: Error, CustomStringConvertible, Equatable {
    public var description: String
  }

  let arguments: List<List<UInt8>>
  let environment: List<List<UInt8>>
  let folders: List<Folder>
  let resolver: PathResolver
  let makesAbsoluteLinks: Bool
  var descriptors = DescriptorTable()
  /// The host's descriptors of folders named `/`, which absolute links need for as long as any directory in them is open.
  private var roots = List<Int32>()

  /// Opens the folders.
  ///
  /// - Throws: `SetupError` when one cannot be opened.
  public init(_ configuration: Configuration) throws(SetupError) {
    arguments = configuration.arguments
    environment = configuration.environment
    folders = configuration.folders
    makesAbsoluteLinks = configuration.makesAbsoluteLinks
    resolver = PathResolver(strategy: configuration.walksPaths ? .walk : .automatic)
    for number in configuration.standardStreams.indices {
      let rights = Rights.file.union(.socket).subtracting(number == 0 ? .fdWrite : .fdRead)
      try add(Descriptor(host: configuration.standardStreams[number], isOwned: false, type: nil, rights: rights, inheriting: .socket))
    }
    for index in folders.indices {
      let directory = Self.open(folders[index].host)
      guard directory >= 0 else {
        let path = String(decoding: folders[index].host, as: UTF8.self)
        throw SetupError(description: "cannot open the folder '\(path)': \(String(cString: strerror(errno)))")
      }
      let isRoot = folders[index].isRoot
      if isRoot { roots.append(directory) }
      try add(
        Descriptor(
          host: directory, isOwned: !isRoot, type: .directory, rights: .directory, inheriting: .inheritable, folder: index,
          root: isRoot ? directory : nil))
    }
    for socket in configuration.sockets {
      try add(Descriptor(host: socket, isOwned: true, type: nil, rights: .socket, inheriting: .socket))
    }
  }

  /// A descriptor of the folder, or -1 with `errno`.
  private static func open(_ path: List<UInt8>) -> Int32 {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: path.count + 1) { text in
      for index in path.indices { text[index] = CChar(bitPattern: path[index]) }
      text[path.count] = 0
      return Glibc.open(text.baseAddress!, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
  }

  private func add(_ descriptor: Descriptor) throws(SetupError) {
    do throws(Errno) {
      _ = try descriptors.insert(descriptor)
    } catch {
      throw SetupError(description: "more than \(DescriptorTable.maximumCount) descriptors")
    }
  }

  deinit {
    descriptors.closeAll()
    for index in roots.indices { close(roots[index]) }
  }

  /// The descriptor, if it may do what is asked.
  ///
  /// - Throws: `badf` if it is not open, or open only the other way round; `notcapable` if a right is missing.
  func descriptor(_ number: UInt32, _ rights: Rights) throws(Errno) -> Descriptor {
    let descriptor = try descriptors.get(number)
    guard descriptor.rights.isSuperset(of: rights) else {
      if descriptor.type == .directory, !Rights.directory.isSuperset(of: rights) { throw rights == .fdRead ? .isdir : .badf }
      throw rights.isDisjoint(with: [.fdRead, .fdWrite]) ? .notcapable : .badf
    }
    return descriptor
  }

  /// The directory below which a path is resolved.
  ///
  /// - Throws: `badf` if it is not open, `notdir` if it is something else, `notcapable` if a right is missing.
  func directory(_ number: UInt32, _ rights: Rights) throws(Errno) -> Descriptor {
    let descriptor = try descriptors.get(number)
    guard descriptor.type == .directory else { throw .notdir }
    guard descriptor.rights.isSuperset(of: rights) else { throw .notcapable }
    return descriptor
  }
}

import Glibc
import TestSupport
import VM

@testable import WASI

/// A guest without a machine: a memory of one page, a host over a new temporary folder, and calls by name.
///
/// The guest's descriptor 3 is the folder `inside`; `outside` lies beside it, where no path may lead.
final class TestGuest {
  private let scratch: Scratch
  var top: String { scratch.folder }
  var inside: String { top + "/inside" }
  var outside: String { top + "/outside" }
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
  let host: WASIHost
  var dialect = Dialect.preview1
  /// Where the next text goes; results live below 1024.
  private var nextText: UInt32 = 1024

  /// - Parameter name: what the guest calls the folder.
  init(walks: Bool = false, name: String = "inside", _ change: (inout WASIHost.Configuration) -> Void = { _ in }) throws {
    scratch = try Scratch()
    let top = scratch.folder
    mkdir(top + "/inside", 0o755)
    mkdir(top + "/outside", 0o755)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    var configuration = WASIHost.Configuration()
    configuration.folders = [WASIHost.Folder(host: top + "/inside", guest: name)]
    configuration.walksPaths = walks
    change(&configuration)
    host = try WASIHost(configuration)
    try Self.write("secret", to: outside + "/secret")
  }

  deinit {
    memory.deallocate()
  }

  // MARK: Calls

  /// Calls a function of the table with its arguments as they would lie in slots.
  @discardableResult
  func call(_ name: String, _ arguments: UInt64...) -> Errno { call(name, arguments) }

  func call(_ name: String, _ arguments: [UInt64]) -> Errno {
    guard let row = FunctionRow.all.first(where: { $0.isNamed(name) }) else { fatalError("no function \(name)") }
    precondition(arguments.count == row.parameters.utf8CodeUnitCount, "\(name) has other parameters")
    var slots = arguments + [0]
    return slots.withUnsafeMutableBufferPointer {
      host.perform(row, Call(host: host, guest: GuestView(memory), slots: $0.baseAddress!, dialect: dialect))
    }
  }

  /// A call that must succeed.
  func succeed(_ name: String, _ arguments: UInt64...) throws {
    let error = call(name, arguments)
    if error != .success { throw error }
  }

  /// Puts a text into memory: its address and length.
  func text(_ text: String) -> (UInt64, UInt64) { bytes(Array(text.utf8)) }

  func bytes(_ bytes: [UInt8]) -> (UInt64, UInt64) {
    if Int(nextText) + bytes.count > 60000 { nextText = 1024 }
    let address = nextText
    for (index, byte) in bytes.enumerated() { memory[Int(address) + index] = byte }
    nextText += UInt32(bytes.count)
    return (UInt64(address), UInt64(bytes.count))
  }

  func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: Int, as type: T.Type = T.self) -> T {
    memory.loadUnaligned(fromByteOffset: address, as: T.self)
  }

  func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: Int) {
    memory.storeBytes(of: value, toByteOffset: address, as: T.self)
  }

  // MARK: Shorthands

  static let readWrite = (Rights.fdRead.rawValue | Rights.fdWrite.rawValue)

  /// path_open below `directory`; result or error.
  func open(
    _ path: String, _ flags: OpenFlags = [], rights: UInt64 = TestGuest.readWrite, follow: Bool = false, in directory: UInt64 = 3,
    state: DescriptorFlags = []
  ) -> Result<UInt64, Errno> {
    let (address, length) = text(path)
    let error = call(
      "path_open", directory, follow ? 1 : 0, address, length, UInt64(flags.rawValue), rights, 0, UInt64(state.rawValue), 0)
    return error == .success ? .success(UInt64(load(0, as: UInt32.self))) : .failure(error)
  }

  /// A call whose arguments are a directory and a path.
  func path(_ name: String, _ path: String, in directory: UInt64 = 3) -> Errno {
    let (address, length) = text(path)
    return call(name, directory, address, length)
  }

  func symlink(_ content: String, _ path: String, in directory: UInt64 = 3) -> Errno {
    let (old, oldLength) = text(content)
    let (new, newLength) = text(path)
    return call("path_symlink", old, oldLength, directory, new, newLength)
  }

  func rename(_ from: String, _ to: String, in directory: UInt64 = 3, to other: UInt64 = 3) -> Errno {
    let (old, oldLength) = text(from)
    let (new, newLength) = text(to)
    return call("path_rename", directory, old, oldLength, other, new, newLength)
  }

  func link(_ from: String, _ to: String, follow: Bool = false, in directory: UInt64 = 3, to other: UInt64 = 3) -> Errno {
    let (old, oldLength) = text(from)
    let (new, newLength) = text(to)
    return call("path_link", directory, follow ? 1 : 0, old, oldLength, other, new, newLength)
  }

  /// path_filestat_get; the type and the size.
  func stat(_ path: String, follow: Bool = false, in directory: UInt64 = 3) -> Result<(type: FileType, size: UInt64, inode: UInt64), Errno>
  {
    let (address, length) = text(path)
    let error = call("path_filestat_get", directory, follow ? 1 : 0, address, length, 64)
    if error != .success { return .failure(error) }
    return .success((FileType(rawValue: load(64 + 16))!, load(64 + 32), load(64 + 8)))
  }

  func setTimes(_ path: String, follow: Bool = false, in directory: UInt64 = 3) -> Errno {
    let (address, length) = text(path)
    return call("path_filestat_set_times", directory, follow ? 1 : 0, address, length, 1_000_000_000, 2_000_000_000, 5)
  }

  func readLink(_ path: String, in directory: UInt64 = 3) -> Result<String, Errno> {
    let (address, length) = text(path)
    let error = call("path_readlink", directory, address, length, 128, 200, 0)
    if error != .success { return .failure(error) }
    return .success(content(128, load(0, as: UInt32.self)))
  }

  /// One vector at 512.
  func vector(_ address: UInt64, _ length: UInt64) {
    store(UInt32(address), at: 512)
    store(UInt32(length), at: 516)
  }

  func write(_ descriptor: UInt64, _ content: String) -> Result<UInt32, Errno> {
    let (address, length) = text(content)
    vector(address, length)
    let error = call("fd_write", descriptor, 512, 1, 0)
    return error == .success ? .success(load(0)) : .failure(error)
  }

  func read(_ descriptor: UInt64, _ count: UInt64 = 100) -> Result<String, Errno> {
    vector(128, count)
    let error = call("fd_read", descriptor, 512, 1, 0)
    return error == .success ? .success(content(128, load(0))) : .failure(error)
  }

  func content(_ address: Int, _ count: UInt32) -> String {
    String(decoding: UnsafeRawBufferPointer(memory)[address..<address + Int(count)], as: UTF8.self)
  }

  // MARK: The host's side

  static func write(_ content: String, to path: String) throws {
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw Errno.last }
    defer { close(file) }
    guard Glibc.write(file, content, content.utf8.count) == content.utf8.count else { throw Errno.last }
  }

  static func contents(of path: String) -> String? {
    let file = Glibc.open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 10000)
    let count = Glibc.read(file, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}

extension Result where Failure == Errno {
  /// The error, or success.
  var errno: Errno {
    switch self {
    case .success: .success
    case .failure(let error): error
    }
  }
}

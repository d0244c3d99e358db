import Glibc

/// Where a module's machine code lives: one range of addresses, mapped twice. Code is written through the one mapping and executed through
/// the other, so no page is ever writable and executable at the same address, and nobody who runs code has to wait while more is written.
final class CodeMemory: @unchecked Sendable {
  /// The mapping that is executed (and read).
  let executable: UnsafeMutableRawPointer
  /// The mapping that is written; nil where the code came from a file.
  private let writable: UnsafeMutableRawPointer?
  /// What keeps the file's mapping.
  private let image: CompiledImage?
  let capacity: Int
  private(set) var used = 0
  /// Where the stubs are.
  let stubs: CompiledStubs.Positions

  /// Throws where the memory cannot be had.
  /// - Parameter capacity: the most bytes of code there will be. Only those that are written take memory.
  init(capacity: Int) throws(ResourceError) {
    let size = (capacity + 0xFFFF) & ~0xFFFF
    let file = Int32(truncatingIfNeeded: systemCall(319, Int(bitPattern: CodeMemory.name.utf8Start), 1, 0))
    guard file >= 0 else { throw .memory("machine code", byteCount: size) }
    defer { close(file) }
    guard FileSizeLimit.asError({ ftruncate(file, size) == 0 }) else { throw .memory("machine code", byteCount: size) }
    let written = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
    guard let written, written != MAP_FAILED else { throw .memory("machine code", byteCount: size) }
    let executed = mmap(nil, size, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0)
    guard let executed, executed != MAP_FAILED else {
      munmap(written, size)
      throw .memory("machine code", byteCount: size)
    }
    writable = written
    executable = executed
    image = nil
    self.capacity = size
    var assembler = Assembler()
    stubs = CompiledStubs.write(&assembler)
    written.copyMemory(from: assembler.bytes, byteCount: assembler.count)
    used = assembler.count
  }

  /// Code that stands in a file, to which nothing is added.
  init(_ image: CompiledImage) {
    self.image = image
    executable = image.code
    writable = nil
    capacity = Int(image.header.pointee.code.byteCount)
    used = capacity
    stubs = image.header.pointee.stubs
  }

  private static let name: StaticString = "harness-code"

  deinit {
    guard let writable else { return }
    munmap(writable, capacity)
    munmap(executable, capacity)
  }

  /// Takes the next `count` bytes, at a multiple of 64, so that loops lie the same way wherever a function goes; nil where there is no room. Returns their offset.
  func take(_ count: Int) -> Int? {
    let start = (used + 63) & ~63
    guard writable != nil, start + count <= capacity else { return nil }
    used = start + count
    return start
  }

  /// Where to write what will be executed at `executable + offset`.
  /// - Precondition: `take` has given the place.
  func write(at offset: Int) -> UnsafeMutableRawPointer { writable! + offset }

  /// All that was written.
  var writtenBytes: UnsafeRawBufferPointer? { writable.map { UnsafeRawBufferPointer(start: $0, count: used) } }

  func address(of stub: CompiledStub) -> UnsafeRawPointer { UnsafeRawPointer(executable + Int(stubs[stub.rawValue])) }

  func contains(_ address: UnsafeRawPointer) -> Bool {
    address >= UnsafeRawPointer(executable) && address < UnsafeRawPointer(executable + capacity)
  }
}

/// A system call that the C library's module does not offer.
@_silgen_name("syscall")
private func systemCall(_ number: Int, _ first: Int, _ second: Int, _ third: Int) -> Int

/// A limit on the size of files (setrlimit(2), RLIMIT_FSIZE) ends the process by default. Here it is an error like others.
enum FileSizeLimit {
  static func asError<Result>(_ body: () -> Result) -> Result {
    var before = sigaction()
    var ignored = sigaction()
    ignored.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(SIGXFSZ, &ignored, &before)
    defer { sigaction(SIGXFSZ, &before, nil) }
    return body()
  }
}

import Glibc

// What a guest can make large is allocated with a check and refused with an error (`ResourceError`). The many small things of the heap
// come from Swift's run-time system, which ends the process with a crash when the C library has nothing left for it, under `ulimit -v`
// for instance. The linker puts these functions in the place of malloc and posix_memalign (`--wrap` in Package.swift, release builds):
// the process then ends with one line and an exit code of its own.

/// malloc(3), but where there is no memory the process ends with one line and an exit code.
@_cdecl("__wrap_malloc")
public func allocateOrLeave(_ byteCount: Int) -> UnsafeMutableRawPointer? {
  if let block = allocateFromLibrary(byteCount) { return block }
  leave(lacking: byteCount)
}

/// posix_memalign(3), but where there is no memory the process ends with one line and an exit code. Returns 0.
@_cdecl("__wrap_posix_memalign")
public func allocateAlignedOrLeave(_ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ byteCount: Int) -> Int32 {
  guard let block = allocateAlignedFromLibrary(alignment, byteCount) else { leave(lacking: byteCount) }
  result.pointee = block
  return 0
}

/// The C library's own malloc, under its other name.
@_silgen_name("__libc_malloc")
private func allocateFromLibrary(_ byteCount: Int) -> UnsafeMutableRawPointer?

/// What posix_memalign does in the C library.
@_silgen_name("__libc_memalign")
private func allocateAlignedFromLibrary(_ alignment: Int, _ byteCount: Int) -> UnsafeMutableRawPointer?

/// Writes the line without the heap.
@inline(never)
private func leave(lacking byteCount: Int) -> Never {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { line in
    var count = 0
    func put(_ byte: UInt8) {
      line[count] = byte
      count += 1
    }
    func put(_ text: StaticString) { text.withUTF8Buffer { for byte in $0 { put(byte) } } }
    func put(_ number: Int) {
      if number > 9 { put(number / 10) }
      put(UInt8(ascii: "0") + UInt8(number % 10))
    }
    put("error: no memory for ")
    put(byteCount)
    put(" more bytes: raise the limit on address space (ulimit -v) or free memory\n")
    _ = write(2, line.baseAddress!, count)
  }
  _exit(ExitCode.system.rawValue)
}

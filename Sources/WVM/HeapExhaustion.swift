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
  var line = Line()
  line.put("error: no memory for ")
  line.put(UInt64(max(byteCount, 0)))
  line.put(" more bytes: raise the limit on address space (ulimit -v) or free memory\n")
  line.write(to: 2)
  _exit(ExitCode.system.rawValue)
}

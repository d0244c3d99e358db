import Glibc

// Linux's own calls, which glibc's headers hide from Swift. Swift passes these arguments in the same registers as C does.

/// openat(2): opens a place in the file system, not a file to read.
let O_PATH: Int32 = 0o10_000_000

/// syscall(2). The variadic original takes its arguments in the same registers.
@_silgen_name("syscall")
func systemCall(_ number: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int) -> Int

@_silgen_name("accept4")
func accept4(_ socket: Int32, _ address: UnsafeMutableRawPointer?, _ length: UnsafeMutablePointer<socklen_t>?, _ flags: Int32) -> Int32

@_silgen_name("fallocate")
func fallocate(_ descriptor: Int32, _ mode: Int32, _ offset: Int, _ length: Int) -> Int32

@_silgen_name("getrandom")
func getrandom(_ buffer: UnsafeMutableRawPointer, _ count: Int, _ flags: UInt32) -> Int

@_silgen_name("ppoll")
func ppoll(
  _ descriptors: UnsafeMutablePointer<pollfd>?, _ count: nfds_t, _ timeout: UnsafePointer<timespec>?, _ mask: UnsafeRawPointer?
) -> Int32

@_silgen_name("pwritev2")
func pwritev2(
  _ descriptor: Int32, _ vectors: UnsafePointer<iovec>, _ count: Int32, _ offset: Int, _ flags: Int32
) -> Int

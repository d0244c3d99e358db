/// Where Swift's run-time system finds its program for backtraces: nowhere. It asks before every `main`, and searched eight folders; a
/// fault in guest code is a trap with our own backtrace. The linker puts this in that function's place (`--wrap` in Package.swift).
@_cdecl("__wrap_swift_copyAuxiliaryExecutablePath")
public func pathOfAuxiliaryExecutable(_ name: UnsafePointer<CChar>) -> UnsafeMutablePointer<CChar>? { nil }

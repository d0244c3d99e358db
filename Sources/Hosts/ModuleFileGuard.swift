import Glibc
import VM

/// A module's file is mapped, and somebody may shorten it while the module runs, the guest itself if the file lies in a folder of its own.
/// What was cut off can then not be read any more, neither to translate a function nor for a backtrace: the process ends with one line.
public enum ModuleFileGuard {
  nonisolated(unsafe) private static var base: UInt = 0
  nonisolated(unsafe) private static var count: UInt = 0
  /// The two mappings of a compiled module.
  nonisolated(unsafe) private static var image: (file: Range<UInt>, code: Range<UInt>) = (0..<0, 0..<0)

  /// Maps a module's file (`ModuleBytes.mapping`) and watches it from now on; the latest one alone is watched.
  public static func mapping(path: UnsafePointer<CChar>) throws(ModuleError) -> ModuleBytes {
    let bytes = try ModuleBytes.mapping(path: path)
    watch(bytes)
    return bytes
  }

  /// Watches the file of a compiled module too.
  public static func watch(_ image: CompiledImage) {
    self.image = image.addresses
    install()
  }

  private static func watch(_ bytes: ModuleBytes) {
    base = UInt(bitPattern: bytes.base)
    // The kernel rounds up to pages.
    count = (UInt(bytes.count) + 4095) & ~4095
    install()
  }

  private static func install() {
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { _, information, _ in
      let address = UInt(bitPattern: information?.pointee._sifields._sigfault.si_addr)
      guard
        address &- ModuleFileGuard.base < ModuleFileGuard.count || ModuleFileGuard.image.file.contains(address)
          || ModuleFileGuard.image.code.contains(address)
      else {
        // Not ours: the same again ends the process as it always did.
        signal(SIGBUS, SIG_DFL)
        return
      }
      let line: StaticString = "error: the module's file was shortened while it ran: leave it as it is, or run a copy\n"
      _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      // Bad data (sysexits(3)).
      _exit(65)
    }
    action.sa_flags = SA_SIGINFO
    sigaction(SIGBUS, &action, nil)
  }
}

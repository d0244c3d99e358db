import Containers
import Glibc

/// A program of the host to be started: a hook, runc, a logger.
struct Program {
  let path: String
  /// The program's own name first.
  let arguments: [String]
  var environment: [String] = []
  /// What become its descriptors 0, 1, …; -1 is /dev/null.
  var descriptors: [Int32] = [-1, -1, -1]
  var folder = "/"

  /// - Throws: when it cannot be executed.
  func start() throws(ContainerError) -> pid_t {
    guard let failure = Linux.makePipe() else { throw ContainerError(failed: "make a pipe") }
    defer { close(failure.read) }
    let child = Linux.fork(flags: 0)
    if child == 0 { become(failure.write) }
    close(failure.write)
    guard child > 0 else { throw ContainerError(failed: "fork") }
    var code: Int32 = 0
    guard read(failure.read, &code, 4) == 4 else { return child }
    waitpid(child, nil, 0)
    throw ContainerError(failed: "execute \(path)", code: code)
  }

  private func become(_ failure: Int32) -> Never {
    // Above what is to be set up, so that nothing overwrites what is still needed.
    let base = Int32(100)
    let own = fcntl(failure, F_DUPFD_CLOEXEC, base)
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    let sources = descriptors.map { fcntl($0 < 0 ? nothing : $0, F_DUPFD_CLOEXEC, base) }
    for (number, source) in sources.enumerated() { dup2(source, Int32(number)) }
    Linux.setSignalMask(0)
    GuestSignals.restoreDefaults()
    chdir(folder)
    CStrings.with(arguments) { arguments in
      CStrings.with(environment) { environment in _ = execve(path, arguments, environment) }
    }
    var code = errno
    _ = write(own, &code, 4)
    _exit(127)
  }
}

/// Lists of words as C takes them.
enum CStrings {
  static func with(_ words: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Void) {
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    pointers.append(nil)
    body(pointers)
    for pointer in pointers { free(pointer) }
  }
}

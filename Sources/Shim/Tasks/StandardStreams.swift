import Containers
import Glibc

/// The standard streams of one process, as containerd names them (core/runtime/v2 README, "IO"): pipes with a name, files, a logging program,
/// or a terminal that is copied from and to them.
///
/// A container's first process gets its client's pipes themselves and nothing is copied. What is no pipe it gets as a pipe of ours that is
/// copied: who holds a file can cut it off and read it. A further process may leave others behind, who would keep its client waiting with the
/// client's pipes; it gets pipes of ours too.
final class StandardStreams {
  /// What containerd said.
  struct Names {
    var input = ""
    var output = ""
    var errors = ""
    var isTerminal = false
    /// Whether they are for a further process (`exec`).
    var isFurther = false
  }

  /// A user and a group, as numbers of the host.
  typealias Owner = (user: uid_t, group: gid_t)

  let names: Names
  private let owner: Owner?
  private let loop: EventLoop
  private let log: ShimLog
  /// What become the process's descriptors 0, 1 and 2; -1 is nothing.
  private(set) var forProcess: (input: Int32, output: Int32, errors: Int32) = (-1, -1, -1)
  /// Held so that the process does not meet the end of its input before containerd says so.
  private var inputHolder: Int32 = -1
  /// Held so that a client that goes away does not break the pipe.
  private var readers: [Int32] = []
  private var logger: LogProgram?
  private var terminal: TerminalCopy?
  private var inputCopy: StreamCopy?
  private var outputCopies: [StreamCopy] = []

  /// How long, in milliseconds, whoever an ended process leaves behind is listened to.
  private static let patience = 2000

  /// Opens them.
  /// - Parameter owner: who may open our pipes anew, as programs do with /dev/stdout; nil is the shim's own user.
  /// - Throws: naming what cannot be opened.
  init(
    _ names: Names, owner: Owner? = nil, container: String, namespace: String, _ loop: EventLoop, _ log: ShimLog
  ) throws(ContainerError) {
    self.names = names
    self.owner = owner
    self.loop = loop
    self.log = log
    do throws(ContainerError) {
      try openInput()
      try openOutputs(container, namespace)
    } catch {
      close()
      throw error
    }
  }

  /// The program that takes the output, if there is one: it says when it is ready.
  var loggerToAwait: LogProgram? { logger }

  private func openInput() throws(ContainerError) {
    guard !names.input.isEmpty else { return }
    let path = Self.path(names.input)
    // A reader that does not wait for a writer, then a writer that finds a reader.
    forProcess.input = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard forProcess.input >= 0 else { throw ContainerError(failed: "open the standard input \(path)") }
    inputHolder = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    if names.isFurther, !names.isTerminal, Self.isPipe(forProcess.input) {
      try copyInput()
    } else {
      FileDescriptor.setBlocking(forProcess.input, !names.isTerminal)
    }
  }

  private func copyInput() throws(ContainerError) {
    let pipe = try makePipe()
    inputCopy = StreamCopy(loop, from: forProcess.input, to: pipe.write)
    forProcess.input = pipe.read
  }

  private func openOutputs(_ container: String, _ namespace: String) throws(ContainerError) {
    if let colon = names.output.range(of: "://"), names.output[..<colon.lowerBound].hasPrefix("binary") {
      let logger = try LogProgram(names.output, container: container, namespace: namespace)
      self.logger = logger
      (forProcess.output, forProcess.errors) = (logger.output, logger.errors)
      return
    }
    forProcess.output = try openOutput(names.output)
    guard !names.isTerminal else { return }
    forProcess.errors =
      names.errors == names.output && forProcess.output >= 0
      ? fcntl(forProcess.output, F_DUPFD_CLOEXEC, 0) : try openOutput(names.errors)
  }

  private func openOutput(_ name: String) throws(ContainerError) -> Int32 {
    guard !name.isEmpty else { return -1 }
    let path = Self.path(name)
    let opened = name.hasPrefix("file://") ? try openLog(path) : try openPipe(path)
    guard !names.isTerminal else { return opened }
    guard names.isFurther || !Self.isPipe(opened) else {
      FileDescriptor.setBlocking(opened, true)
      return opened
    }
    return try copyOutput(to: opened, path)
  }

  private func openLog(_ path: String) throws(ContainerError) -> Int32 {
    Self.makeFolders(above: path)
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o644)
    guard file >= 0 else { throw ContainerError(failed: "open the log \(path)") }
    return file
  }

  private func openPipe(_ path: String) throws(ContainerError) -> Int32 {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ContainerError(failed: "open the standard output \(path)") }
    if status.st_mode & S_IFMT == S_IFIFO {
      let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      if reader >= 0 { readers.append(reader) }
    }
    let writer = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard writer >= 0 else { throw ContainerError(failed: "open the standard output \(path)") }
    return writer
  }

  /// - Returns: the process's end of a pipe whose content goes to `target`.
  private func copyOutput(to target: Int32, _ path: String) throws(ContainerError) -> Int32 {
    let pipe: (read: Int32, write: Int32)
    do throws(ContainerError) { pipe = try makePipe() } catch {
      Glibc.close(target)
      throw error
    }
    outputCopies.append(
      StreamCopy(loop, from: pipe.read, to: target) { [log] code in
        // A client that has gone wants no more.
        guard code != EPIPE else { return }
        log.warn("output is lost: \(ContainerError(failed: "write \(path)", code: code))")
      })
    return pipe.write
  }

  private func makePipe() throws(ContainerError) -> (read: Int32, write: Int32) {
    guard let pipe = Linux.makePipe() else { throw ContainerError(failed: "make a pipe for the standard streams") }
    if let owner { fchown(pipe.write, owner.user, owner.group) }
    return pipe
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// A path, or the path in a URI with its escapes resolved (RFC 3986, 2.1).
  private static func path(_ name: String) -> String {
    guard let colon = name.range(of: "://") else { return name }
    return URIText.decoded(name[colon.upperBound...].prefix { $0 != "?" })
  }

  private static func makeFolders(above path: String) {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o755) }
  }

  // MARK: While the process runs

  /// Connects the process's terminal with the pipes.
  func attach(terminal master: Int32, _ loop: EventLoop) {
    let copy = TerminalCopy(loop, master: master, input: forProcess.input, output: forProcess.output)
    // A logging program has a pipe for errors too, into which a terminal has nothing to say.
    if forProcess.errors >= 0 { Glibc.close(forProcess.errors) }
    forProcess = (-1, -1, -1)
    logger?.closeOurEnds()
    terminal = copy
  }

  /// Of the terminal, if there is one by now.
  func resize(width: UInt32, height: UInt32) {
    terminal?.resize(width: width, height: height)
  }

  /// The process meets the end of its input once everything written so far is read.
  func closeInput() {
    if inputHolder >= 0 { Glibc.close(inputHolder) }
    inputHolder = -1
  }

  /// A line on the standard error of a process that could not be started; on standard output where there is a terminal.
  func report(_ line: String) {
    let descriptor = forProcess.errors >= 0 ? forProcess.errors : forProcess.output
    guard descriptor >= 0 else { return }
    // A pipe that is full has an answer already.
    FileDescriptor.setBlocking(descriptor, false)
    FileDescriptor.write(line + (names.isTerminal ? "\r\n" : "\n"), to: descriptor)
    FileDescriptor.setBlocking(descriptor, true)
  }

  /// Lets go of everything after the process's end, so that its client sees the end of the output. What is copied is passed on first, as far
  /// as the client takes it; in a file it is when this returns.
  func processEnded() {
    closeInput()
    releaseDescriptors()
    terminal?.processEnded()
    for copy in outputCopies { copy.processEnded(patience: Self.patience) }
  }

  /// Calls `body` when all output has been passed on, at once where nothing is copied.
  func whenDrained(_ body: @escaping () -> Void) {
    let copies = outputCopies + (terminal.map { [$0.output] } ?? [])
    guard let copy = copies.first(where: { !$0.isDone }) else { return body() }
    copy.whenDone { [self] in whenDrained(body) }
  }

  /// Lets go of everything at once.
  func close() {
    closeInput()
    releaseDescriptors()
    terminal?.close()
    terminal = nil
    for copy in outputCopies { copy.close() }
    logger?.end()
    logger = nil
  }

  private func releaseDescriptors() {
    for descriptor in [forProcess.input, forProcess.output, forProcess.errors] + readers where descriptor >= 0 { Glibc.close(descriptor) }
    forProcess = (-1, -1, -1)
    readers = []
    inputCopy?.close()
    logger?.closeOurEnds()
  }
}

enum URIText {
  /// With `%XX` resolved.
  static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      // Swift would take a sign for part of a number.
      if byte == UInt8(ascii: "%"), rest.count >= 2, rest.first! >= UInt8(ascii: "0"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// Where a text stands first.
  func range(of other: StaticString) -> (lowerBound: String.Index, upperBound: String.Index)? {
    let wanted = UnsafeBufferPointer(start: other.utf8Start, count: other.utf8CodeUnitCount)
    var start = utf8.startIndex
    while start != utf8.endIndex {
      if utf8[start...].starts(with: wanted) { return (start, utf8.index(start, offsetBy: wanted.count)) }
      start = utf8.index(after: start)
    }
    return nil
  }
}

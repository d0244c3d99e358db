import Foundation

/// Runs a real program in a test and collects what it says.
public struct Command: Sendable {
  public var program: String
  public var arguments: [String]
  /// The working folder; the test's own without one.
  public var folder: String?

  public init(_ program: String, _ arguments: [String], in folder: String? = nil) {
    self.program = program
    self.arguments = arguments
    self.folder = folder
  }

  public struct Outcome: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String
  }

  /// The absolute path of a program, as a shell would find it; nil if it is not installed.
  public static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"])
      .map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs the program to its end, or kills it after `limit` seconds (status 9). Its output goes through files, so neither side can wait
  /// for the other.
  public func run(input: Data = Data(), limit: Double = 60) throws -> Outcome {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in ["in", "out", "err"] {
      try (name == "in" ? input : Data()).write(to: URL(fileURLWithPath: scratch.path(name)))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = FileHandle(forReadingAtPath: scratch.path("in"))
    process.standardOutput = FileHandle(forWritingAtPath: scratch.path("out"))
    process.standardError = FileHandle(forWritingAtPath: scratch.path("err"))
    try process.run()
    let deadline = Date(timeIntervalSinceNow: limit)
    while process.isRunning, Date() < deadline { usleep(2000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: scratch.path(name))), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }

  /// Runs the program with a colour terminal as its standard output; what it says on standard error is lost.
  public func runOnTerminal() throws -> Outcome {
    var (watcher, terminal): (CInt, CInt) = (-1, -1)
    guard openpty(&watcher, &terminal, nil, nil, nil) == 0 else { throw POSIXError(.ENOTTY) }
    defer { close(watcher) }
    // A program of another test that had it too would keep it open.
    for descriptor in [watcher, terminal] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm", "NO_COLOR": ""]) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(fileDescriptor: terminal, closeOnDealloc: false)
    process.standardError = FileHandle.nullDevice
    try process.run()
    close(terminal)
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    // Ends with an error once the last writer is gone.
    while case let count = read(watcher, &buffer, buffer.count), count > 0 { output += buffer[..<count] }
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self), errors: "")
  }
}

import Containers
import Glibc
import JSON
import OCI

/// A program that somebody wants run at a moment of a container's life (config.md, "POSIX-platform Hooks"). It reads the container's state.
struct HookProgram {
  private let hook: RuntimeSpec.Hook

  init(_ hook: RuntimeSpec.Hook) { self.hook = hook }

  /// The state that hooks read on standard input (runtime.md, "State").
  static func state(id: String, status: String, process: pid_t, bundle: String, annotations: [RuntimeSpec.Annotation]) -> String {
    JSONValue.object([
      .init("ociVersion", .string(RuntimeSpec.version)),
      .init("id", .string(id)),
      .init("status", .string(status)),
      .init("pid", .number(JSONNumber(process))),
      .init("bundle", .string(bundle)),
      .init("annotations", .object(annotations.map { .init($0.name, .string($0.value)) })),
    ]).text
  }

  /// Runs the hook beside the event loop.
  /// - Parameter done: nil when it succeeded, else what went wrong, in one line.
  func run(_ state: String, _ context: ShimContext, _ done: @escaping (ContainerError?) -> Void) {
    let (process, errors): (pid_t, Int32)
    do throws(ContainerError) { (process, errors) = try start(state) } catch { return done(error) }
    var timer: EventLoop.Timer?
    if let timeout = hook.timeout, timeout > 0 {
      timer = context.loop.after(milliseconds: timeout * 1000) { kill(process, SIGKILL) }
    }
    let path = hook.path
    context.children.expect(process) { ending in
      timer?.cancel()
      let said = Self.firstLine(errors)
      close(errors)
      done(
        ending.status == 0 ? nil : ContainerError("the hook \(path) ended with status \(ending.status)\(said.isEmpty ? "" : ": \(said)")"))
    }
  }

  /// Runs the hook inside the container and waits for it, as long as its timeout says.
  func runInside(state: String) throws(ContainerError) {
    let (process, errors) = try start(state)
    defer { close(errors) }
    let limit = hook.timeout.flatMap { $0 > 0 ? EventLoop.now + UInt64($0) * 1_000_000_000 : nil }
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, limit == nil ? 0 : WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { break }
      if let limit, EventLoop.now > limit { kill(process, SIGKILL) }
      if limit != nil { usleep(1000) }
    }
    guard status == 0 else { throw ContainerError("the hook \(hook.path) failed: \(Self.firstLine(errors))") }
  }

  /// What the hook reads and what it says against are files in memory: a pipe would hold somebody up, the hook that writes more than fits or
  /// the shim whose state is not read.
  private func start(_ state: String) throws(ContainerError) -> (process: pid_t, errors: Int32) {
    let (input, errors) = (Linux.makeMemoryFile(), Linux.makeMemoryFile())
    defer { if input >= 0 { close(input) } }
    do throws(ContainerError) {
      guard input >= 0, errors >= 0 else { throw ContainerError(failed: "make files for the hook \(hook.path)") }
      guard FileDescriptor.write(state, to: input), lseek(input, 0, SEEK_SET) == 0 else {
        throw ContainerError(failed: "write the state for the hook \(hook.path)")
      }
      let program = Program(
        path: hook.path, arguments: hook.args.isEmpty ? [hook.path] : hook.args, environment: hook.env, descriptors: [input, -1, errors])
      return (try program.start(), errors)
    } catch {
      if errors >= 0 { close(errors) }
      throw error
    }
  }

  private static func firstLine(_ file: Int32) -> String {
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      let count = max(0, pread(file, buffer.baseAddress!, buffer.count, 0))
      return String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
  }
}

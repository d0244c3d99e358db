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

  /// Runs the hook inside the container and waits for it.
  func runInside(state: String) throws(ContainerError) {
    let (process, errors) = try start(state)
    defer { close(errors) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else { throw ContainerError("the hook \(hook.path) failed: \(Self.firstLine(errors))") }
  }

  private func start(_ state: String) throws(ContainerError) -> (process: pid_t, errors: Int32) {
    guard let input = Linux.makePipe(), let errors = Linux.makePipe() else {
      throw ContainerError(failed: "make pipes for the hook \(hook.path)")
    }
    defer {
      close(input.read)
      close(input.write)
      close(errors.write)
    }
    let program = Program(
      path: hook.path, arguments: hook.args.isEmpty ? [hook.path] : hook.args, environment: hook.env,
      descriptors: [input.read, -1, errors.write])
    do throws(ContainerError) {
      let process = try program.start()
      // A state is far smaller than what a pipe holds.
      FileDescriptor.write(state, to: input.write)
      FileDescriptor.setBlocking(errors.read, false)
      return (process, errors.read)
    } catch {
      close(errors.read)
      throw error
    }
  }

  private static func firstLine(_ descriptor: Int32) -> String {
    withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      let count = max(0, read(descriptor, buffer.baseAddress!, buffer.count))
      return String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
  }
}

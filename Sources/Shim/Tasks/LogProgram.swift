import Containers
import Glibc

/// A program that takes a container's output: `binary:///path?name=value` (core/runtime/v2/logging). It gets the output as descriptor 3, the
/// errors as 4, and says that it is ready by closing descriptor 5 or writing to it.
final class LogProgram {
  /// The process's ends.
  private(set) var output: Int32
  private(set) var errors: Int32
  /// Readable when the program is ready or gone.
  let ready: Int32
  let process: pid_t
  /// The process as a descriptor, since its number may be another's when it is signalled.
  private let handle: Int32
  /// Whether readiness is a byte, so that a closed pipe means that the program failed.
  let demandsByte: Bool

  /// - Throws: when the program cannot be started.
  init(_ uri: String, container: String, namespace: String) throws(ContainerError) {
    guard let separator = uri.range(of: "://") else { throw ContainerError("'\(uri)' is no logging program") }
    demandsByte = uri[..<separator.lowerBound] == "binary-v2"
    let rest = uri[separator.upperBound...]
    let query = rest.firstIndex(of: "?")
    let path = URIText.decoded(rest[..<(query ?? rest.endIndex)])
    var arguments = [path]
    if let query {
      for pair in rest[rest.index(after: query)...].split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        arguments.append(URIText.decoded(parts[0]))
        if parts.count == 2, !parts[1].isEmpty { arguments.append(URIText.decoded(parts[1])) }
      }
    }
    guard let output = Linux.makePipe(), let errors = Linux.makePipe(), let ready = Linux.makePipe() else {
      throw ContainerError(failed: "make pipes for \(path)")
    }
    defer { for descriptor in [output.read, errors.read, ready.write] { Glibc.close(descriptor) } }
    let program = Program(
      path: path, arguments: arguments, environment: ["CONTAINER_ID=\(container)", "CONTAINER_NAMESPACE=\(namespace)"],
      descriptors: [-1, -1, -1, output.read, errors.read, ready.write])
    do throws(ContainerError) {
      process = try program.start()
      handle = Linux.openProcess(process)
    } catch {
      for descriptor in [output.write, errors.write, ready.read] { Glibc.close(descriptor) }
      throw error
    }
    self.output = output.write
    self.errors = errors.write
    self.ready = ready.read
  }

  /// The program then meets the end of what it logs and ends by itself.
  func closeOurEnds() { (output, errors) = (-1, -1) }

  /// For a program that was never ready: it need not finish anything.
  func kill() { _ = Linux.signal(handle, SIGKILL) }

  /// Asks the program to end; it has met the end of its input already.
  func end() {
    _ = Linux.signal(handle, SIGTERM)
    if handle >= 0 { Glibc.close(handle) }
    Glibc.close(ready)
  }
}

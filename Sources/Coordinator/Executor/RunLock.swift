import Foundation

/// Keeps two coordinators from measuring one run at the same time. The lock is the kernel's: it goes with the last process that has it.
///
/// The worker inherits it (`ChildProcess`), so that a run whose coordinator was killed is free once its worker has cleared everything away.
final class RunLock {
  /// Seconds a worker whose coordinator is gone gets to clear away.
  static let patience = 15.0

  let descriptor: CInt

  /// - Throws: `CoordinatorError.busy` where another coordinator has it, at once, or where a worker without one keeps it for `patience` seconds.
  init(folder: String, run: String, patience: Double = RunLock.patience) throws {
    let path = folder + "/lock"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CoordinatorError(.cannotCreate, "\(folder): cannot be made (\(systemReason(error)))")
    }
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw CoordinatorError(.cannotCreate, "\(path): cannot be made (\(String(cString: strerror(errno))))") }
    let deadline = monotonicSeconds() + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if let coordinator = Self.coordinator(path) {
        throw CoordinatorError(.busy, "run \(run) is being measured by another process (\(coordinator)); wait for it or end it first")
      }
      guard monotonicSeconds() < deadline else {
        throw CoordinatorError(
          .busy, "run \(run): the worker of its last, killed attempt is still clearing away after \(Int(patience)) s; try again later")
      }
      usleep(50_000)
    }
    ftruncate(descriptor, 0)
    _ = "\(getpid())\n".withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit { close(descriptor) }

  /// The coordinator that wrote its number into the lock, if it still runs.
  private static func coordinator(_ path: String) -> pid_t? {
    guard let number = textFile(path).flatMap({ pid_t($0.prefix { $0.isNumber }) }) else { return nil }
    return kill(number, 0) == 0 || errno == EPERM ? number : nil
  }
}

import Foundation

/// Keeps two coordinators from measuring one run at the same time. The lock is the kernel's: it goes with the process.
final class RunLock {
  private let descriptor: CInt

  /// - Throws: `CoordinatorError.busy` where another process has it.
  init(folder: String, run: String) throws {
    let path = folder + "/lock"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CoordinatorError(.cannotCreate, "\(folder): cannot be made (\(systemReason(error)))")
    }
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw CoordinatorError(.cannotCreate, "\(path): cannot be made (\(String(cString: strerror(errno))))") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw CoordinatorError(.busy, "run \(run) is being measured by another process; wait for it or end it first")
    }
  }

  deinit { close(descriptor) }
}

import Containers
import Glibc
import TTRPC
import TaskAPI

extension Container {
  /// How long, in milliseconds, the output of an ended process is waited for; as long as runc's shim waits.
  private static let drainLimit = 10_000

  /// Lets a stopped process go, and with the first one everything the container holds.
  func delete(_ process: TaskProcess, _ done: @escaping (Result<DeleteResponse, Status>) -> Void) {
    guard !process.isStarting || process.process > 0 else {
      return done(.failure(Status(.failedPrecondition, "the process is being started: wait for that")))
    }
    if process.state == .running { return done(.failure(Status(.failedPrecondition, "the process is running: kill it first"))) }
    guard process.beginDeletion(whenGone: { done(.failure(Status(.notFound, "the process is deleted already"))) }) else { return }
    let done: (Result<DeleteResponse, Status>) -> Void = { result in
      done(result)
      process.endDeletion()
    }
    switch process.state {
    case .created where process.process > 0:
      // Made but never started: it ends now.
      Glibc.kill(process.process, SIGKILL)
      if cgroup.isFrozen { try? cgroup.thaw() }
    default: break
    }
    guard process.process > 0 else {
      further[process.execID] = nil
      // Whoever waits for it hears that there is nothing to wait for: containerd's number for an unknown status.
      process.ended(Children.Ending(status: 255, moment: .now))
      return done(.success(DeleteResponse()))
    }
    process.whenEnded { [self] ending in
      drain(process) { [self] in
        process.streams?.close()
        let answer = DeleteResponse(
          pid: UInt32(process.process), exitStatus: ending.status, exitedAt: ending.moment.timestamp)
        guard process === first else {
          further[process.execID] = nil
          return done(.success(answer))
        }
        deleteAll(answer, done)
      }
    }
  }

  private func drain(_ process: TaskProcess, _ done: @escaping () -> Void) {
    guard let streams = process.streams else { return done() }
    var isDone = false
    let finish = {
      guard !isDone else { return }
      isDone = true
      done()
    }
    streams.whenDrained(finish)
    if !isDone { context.loop.after(milliseconds: Self.drainLimit, finish) }
  }

  private func deleteAll(_ answer: DeleteResponse, _ done: @escaping (Result<DeleteResponse, Status>) -> Void) {
    for process in further.values { process.streams?.close() }
    let finish = { [self] in
      release { [self] in
        runPoststopHooks(runc == nil ? spec.hooks.poststop : []) { [self] in
          context.publisher.publish(
            TaskDelete(containerID: id, pid: answer.pid, exitStatus: answer.exitStatus, exitedAt: answer.exitedAt, id: ""))
          done(.success(answer))
        }
      }
    }
    if let runc { runc.delete { _ in finish() } } else { finish() }
  }
}

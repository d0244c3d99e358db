import Foundation
import TestSupport

/// A containerd of the test's own: own root, state and socket.
final class PrivateContainerd {
  private let process = Process()
  private let socket: String

  init(in scratch: Scratch) throws {
    socket = scratch.path("containerd.sock")
    let configuration = """
      version = 2
      root = "\(scratch.path("containerd-root"))"
      state = "\(scratch.path("containerd-state"))"
      disabled_plugins = ["io.containerd.grpc.v1.cri"]
      [grpc]
        address = "\(socket)"
      """
    try configuration.write(toFile: scratch.path("containerd.toml"), atomically: true, encoding: .utf8)
    try Data().write(to: URL(fileURLWithPath: scratch.path("containerd.log")))
    process.executableURL = URL(fileURLWithPath: Command.find("containerd") ?? "/usr/bin/containerd")
    process.arguments = ["--config", scratch.path("containerd.toml")]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: scratch.path("containerd.log"))
    try process.run()
    for _ in 0..<200 {
      if process.isRunning, try ctr("default", ["version"]).status == 0 { return }
      usleep(50_000)
    }
    process.terminate()
    process.waitUntilExit()
    let log = (try? String(contentsOfFile: scratch.path("containerd.log"), encoding: .utf8)) ?? ""
    throw NotReady(log: String(log.suffix(1000)))
  }

  struct NotReady: Error { let log: String }

  func ctr(_ namespace: String, _ arguments: [String]) throws -> Command.Outcome {
    try Command(Command.find("ctr") ?? "/usr/bin/ctr", ["--address", socket, "--namespace", namespace] + arguments).run()
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}

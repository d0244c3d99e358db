import ContainerdClient

/// An open connection to the run's containerd, and its subscription to the ends of tasks.
struct ContainerdConnection: Sendable {
  var client: ContainerdClient
  var exits: ExitMonitor
}

extension PrivateContainerd {
  /// The connection, made at the first call and after the daemon was started again.
  /// - Throws: `RuntimeUnavailable` where there is none to be had, `WorkerError` where the worker is interrupted.
  func connect() throws -> ContainerdConnection {
    if let connection { return connection }
    // The socket lies in the launcher's own view of the file system.
    let client = ContainerdClient(socket: launcher.rootFolder + Self.address, namespace: namespace)
    do {
      let exits = try finish(within: 10) { try await ExitMonitor(client) }
      let made = ContainerdConnection(client: client, exits: exits)
      connection = made
      return made
    } catch {
      client.close()
      try Interruption.check()
      throw RuntimeUnavailable(reason: "containerd cannot be spoken to: \(error)", remedy: "see \(folder)/log")
    }
  }

  /// The next `connect` makes a new connection.
  func disconnect() {
    connection?.exits.close()
    connection?.client.close()
    connection = nil
  }

  /// Carries out calls, at most until the worker is interrupted.
  func finish<Answer: Sendable>(within limit: Double, _ work: @escaping @Sendable () async throws -> Answer) throws(ContainerdError)
    -> Answer
  {
    try ContainerdClient.finish(within: limit, unless: { Interruption.signal != nil }, work)
  }
}

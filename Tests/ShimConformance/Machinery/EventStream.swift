import Foundation

/// What containerd tells its subscribers, from `ctr events`.
final class EventStream {
  struct Event {
    var topic: String
    var fields: [String: Any]

    /// The container it is about.
    var container: String { fields["container_id"] as? String ?? "" }
    /// Of an exit: the process, which for the container itself has the container's name.
    var process: String { fields["id"] as? String ?? container }
    var exitCode: Int { fields["exit_status"] as? Int ?? 0 }
    var pid: Int { fields["pid"] as? Int ?? 0 }
  }

  private let program: Program

  /// Subscribes; returns once events arrive.
  init(_ bench: Bench) throws {
    program = try Program(bench.clientWords + ["events"], environment: bench.daemon.clientEnvironment)
    // A subscription says nothing when it stands: an event of our own does, which is a label that is set.
    let appeared = try Clock.waits(15) {
      _ = try bench.ctr(["namespaces", "label", bench.namespace, "subscribed=\(Int.random(in: 0..<1_000_000_000))"])
      return Clock.waits(0.2) { program.output.contains("/namespaces/update") }
    }
    guard appeared else { throw Failed("no events arrive: \(program.errors.suffix(200))") }
  }

  /// Everything so far, in the order of arrival: `DATE TIME ZONE ZONE NAMESPACE TOPIC JSON`.
  var all: [Event] {
    program.output.split(separator: "\n").compactMap { line in
      guard let brace = line.firstIndex(of: "{") else { return nil }
      let words = line[..<brace].split(separator: " ")
      let fields = (try? JSONSerialization.jsonObject(with: Data(line[brace...].utf8))) as? [String: Any]
      guard let topic = words.last, topic.hasPrefix("/"), let fields else { return nil }
      return Event(topic: String(topic), fields: fields)
    }
  }

  /// Of tasks alone.
  func tasks(of container: String) -> [Event] { all.filter { $0.topic.hasPrefix("/tasks/") && $0.container == container } }

  /// - Returns: the container's events once there is one of the topic, or after so many seconds.
  func wait(for topic: String, of container: String, limit: Double = 10) -> [Event] {
    _ = Clock.waits(limit) { tasks(of: container).contains { $0.topic == topic } }
    return tasks(of: container)
  }

  func stop() {
    program.signal(SIGKILL)
    _ = try? program.finish(limit: 5)
  }
}

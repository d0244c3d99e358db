import FoundationEssentials

/// What was changed on a machine, by whom, and what it was before: a line of JSON for each.
///
/// The first line is there before anything is changed, the line of a change before that change. A line without its end is of a change
/// that was never made.
struct TuningJournal: Equatable {
  struct Head: Codable, Equatable {
    var version = 1
    var boot = Boot.identifier
    /// The `MachineRoot`'s prefix.
    var machine: String
    var owner: ProcessIdentity
  }

  struct Step: Codable, Equatable {
    var path: String
    var old: String
    var new: String
  }

  /// The last line of a tuning that is to outlive its process.
  static let keptLine = "{\"kept\":true}"

  var head: Head
  var steps: [Step] = []
  var isKept = false

  /// - Parameter path: the file's, for messages.
  /// - Throws: `TuningError.damaged`.
  init(_ text: String, path: String) throws(TuningError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let first = lines.first, let head = Self.decoded(Head.self, first) else { throw Self.damage(path, 1) }
    guard head.version == 1 else {
      throw TuningError(
        .damaged, "\(path): written by a newer harness (version \(head.version)); restore with that one: harness doctor --restore")
    }
    self.head = head
    for (number, line) in zip(2..., lines.dropFirst()) {
      if line == Self.keptLine {
        isKept = true
      } else if let step = Self.decoded(Step.self, line), Self.isAllowed(step) {
        steps.append(step)
      } else {
        throw Self.damage(path, number)
      }
    }
  }

  var isOfThisBoot: Bool { head.boot == Boot.identifier }
  /// Whether its owner was ended before it could change anything back, or say that it should stay.
  var isAbandoned: Bool { !isKept && !head.owner.isAlive }

  /// One line of JSON.
  static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      preconditionFailure("steps are plain values and always encode: \(error)")
    }
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ line: Substring) -> Value? {
    try? JSONDecoder().decode(type, from: Data(line.utf8))
  }

  /// Settings of the kernel and nothing else, whatever a damaged file may say.
  private static func isAllowed(_ step: Step) -> Bool {
    (step.path.hasPrefix("/sys/") || step.path.hasPrefix("/proc/sys/"))
      && !step.path.split(separator: "/").contains("..") && !step.old.isEmpty && !step.old.contains("\n")
  }

  private static func damage(_ path: String, _ line: Int) -> TuningError {
    TuningError(
      .damaged,
      "\(path):\(line): not understood, so nothing was restored; set back by hand what its other lines call \"old\", then remove the file")
  }
}

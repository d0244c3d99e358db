import Glibc

/// What one trial is: read from the words of `harness-launcher run` or of one request to `harness-launcher serve`.
struct TrialRequest {
  /// Nanoseconds until the trial's process group is killed; 0 means no limit.
  var timeLimit: UInt64 = 0
  /// Nanoseconds of CPU time the child burns before it becomes the program.
  var spin: UInt64 = 0
  /// Cgroup folders the trial starts in.
  var groups: [String] = []
  /// Standard input; empty without it.
  var input = "/dev/null"
  /// Standard input does not end before this file exists.
  var inputEndsAfter: String?
  /// Where standard output and standard error are kept, up to `outputLimit` bytes each.
  var output = "/dev/null"
  var errors = "/dev/null"
  var outputLimit = 4 << 20
  /// Working folder; the launcher's own without it.
  var folder: String?
  /// Exactly the environment of the trial: nothing is inherited.
  var environment: [String] = []
  /// Further descriptors: number and the file it is opened for writing on.
  var descriptors: [(number: Int32, path: String)] = []
  /// What is counted of it. A trial that is counted is not timed: it waits for its counters first.
  var counters: [Counter] = []
  /// The program's path and its arguments.
  var command: [String] = []

  static let help = """
      --time-limit SECONDS     kill the process group after this time
      --spin NANOSECONDS       burn this much CPU time between fork and exec: a known slow-down
      --cgroup FOLDER          start in this cgroup (repeatable: one per hierarchy)
      --input FILE             standard input (default: empty)
      --input-ends-after FILE  keep standard input open until FILE exists; FILE is removed at the end
      --output FILE            keep standard output here
      --errors FILE            keep standard error here
      --output-limit BYTES     keep at most this much of each (default: 4194304); the rest is read and counted
      --folder FOLDER          working folder
      --env NAME=VALUE         one variable; nothing else is inherited (repeatable)
      --descriptor N=FILE      open FILE for writing as descriptor N, 3 to 99 (repeatable)
      --count NAME             count system-calls, instructions or cycles of all its processes (repeatable)
      --probe NAME=OFFSET:FILE count under NAME how often this place of an executable file is reached (repeatable)

    """

  /// - Throws: `SystemError` for an unknown option, an option without its value, or a missing command.
  init(words: ArraySlice<String>) throws {
    var index = words.startIndex
    func value(_ option: String) throws -> String {
      guard index < words.endIndex else { throw SystemError(message: "option \(option) needs a value") }
      defer { index += 1 }
      return words[index]
    }
    while index < words.endIndex {
      let option = words[index]
      index += 1
      switch option {
      case "--time-limit":
        let text = try value(option)
        guard let seconds = Double(text), seconds >= 0, seconds < 1e9 else {
          throw SystemError(message: "\(option) wants seconds, not `\(text)`")
        }
        timeLimit = UInt64(seconds * 1e9)
      case "--spin":
        let text = try value(option)
        guard let nanoseconds = UInt64(text), nanoseconds < 1 << 40 else {
          throw SystemError(message: "\(option) wants nanoseconds, not `\(text)`")
        }
        spin = nanoseconds
      case "--cgroup": groups.append(try value(option))
      case "--input": input = try value(option)
      case "--input-ends-after": inputEndsAfter = try value(option)
      case "--output": output = try value(option)
      case "--errors": errors = try value(option)
      case "--output-limit":
        let text = try value(option)
        guard let bytes = Int(text), bytes >= 0 else { throw SystemError(message: "\(option) wants bytes, not `\(text)`") }
        outputLimit = bytes
      case "--folder": folder = try value(option)
      case "--env": environment.append(try value(option))
      case "--descriptor":
        let text = try value(option)
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let number = Int32(parts[0]), number >= 3, number < System.firstOwnDescriptor else {
          throw SystemError(message: "\(option) wants N=FILE with N from 3 to \(System.firstOwnDescriptor - 1), not `\(text)`")
        }
        descriptors.append((number, String(parts[1])))
      case "--count", "--probe":
        let text = try value(option)
        guard let counter = option == "--count" ? Counter(text) : Counter(probe: text) else {
          throw SystemError(message: "\(option) does not know `\(text)`; see --help")
        }
        counters.append(counter)
      case "--":
        command = Array(words[index...])
        index = words.endIndex
      default:
        throw SystemError(message: "unknown option `\(option)`; the command goes after `--`")
      }
    }
    guard let program = command.first, program.hasPrefix("/") else {
      throw SystemError(message: "no command: give the program's absolute path after `--`")
    }
  }
}

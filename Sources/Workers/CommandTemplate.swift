import Observations

/// Turns the words of a runtime's command into the words of one trial.
///
/// `{module}` and `{native}` stand inside or as a word; `{arguments}` is a word of its own and becomes one word per argument;
/// `{environment:--env=KEY=VALUE}` becomes one word per variable and `{folder:--dir=HOST::GUEST}` one per folder.
/// For scripts, `{script}` and `{source}` are the two forms of the script, and `{enable:…FEATURES}` and `{disable:…FEATURES}` become a word
/// where there are features to name.
/// `{prepared}` is what was made beforehand, `{instances}` how many instances one process is to hold.
/// Options of the harness, such as `--phases-fd N`, go in front of the word with the program: with what was made of it, where the command
/// names no program.
struct CommandTemplate {
  var words: [String]

  /// Whether the template hands the guest's environment over itself.
  var passesEnvironment: Bool { words.contains { $0.hasPrefix("{environment:") } }

  /// Whether one process can hold many instances.
  var holdsInstances: Bool { words.contains { $0.contains("{instances}") } }

  /// What the words need that the workload does not have, or nil.
  func missing(in workload: Workload) -> String? {
    if words.contains(where: { $0.contains("{module}") }), workload.module == nil { return "module" }
    if words.contains(where: { $0.contains("{native}") }), workload.native == nil { return "native executable" }
    if words.contains(where: { $0.contains("{script}") }), workload.test?.script?.converted == nil { return "converted script" }
    return nil
  }

  /// The words of one trial. `folders` pairs a host folder with the guest's name for it.
  func expand(
    _ workload: Workload, arguments: [String], folders: [(host: String, guest: String)], options: [String] = [], prepared: String = "",
    instances: Int = 1
  ) -> [String] {
    var result: [String] = []
    var options = options
    var values = programs(of: workload)
    let program = words.first { word in values.keys.contains(where: word.contains) } ?? words.first { $0.contains("{prepared}") }
    values["{prepared}"] = prepared
    values["{instances}"] = "\(instances)"
    for word in words {
      if word == "{arguments}" {
        result += arguments
      } else if let pattern = argument(of: "environment", in: word) {
        for (key, value) in workload.environment.sorted(by: { $0.key < $1.key }) {
          result.append(replace(in: pattern, ["KEY": key, "VALUE": value]))
        }
      } else if let pattern = argument(of: "folder", in: word) {
        for folder in folders { result.append(replace(in: pattern, ["HOST": folder.host, "GUEST": folder.guest])) }
      } else if let pattern = argument(of: "enable", in: word) {
        result += features(pattern, workload.test?.script?.enable)
      } else if let pattern = argument(of: "disable", in: word) {
        result += features(pattern, workload.test?.script?.disable)
      } else {
        if word == program {
          result += options
          options = []
        }
        result.append(replace(in: word, values))
      }
    }
    return result
  }

  private func programs(of workload: Workload) -> [String: String] {
    let script = workload.test?.script
    return [
      "{module}": workload.module ?? "", "{native}": workload.native ?? "", "{script}": script?.converted ?? "",
      "{source}": script?.source ?? "",
    ]
  }

  private func features(_ pattern: Substring, _ names: [String]?) -> [String] {
    guard let names, !names.isEmpty else { return [] }
    return [replace(in: pattern, ["FEATURES": names.joined(separator: ",")])]
  }

  private func argument(of name: String, in word: String) -> Substring? {
    guard word.hasPrefix("{\(name):"), word.hasSuffix("}") else { return nil }
    return word.dropFirst(name.count + 2).dropLast()
  }

  /// Replaces every key at once, from left to right: what a value brings in is not looked at again.
  private func replace(in text: some StringProtocol, _ values: [String: String]) -> String {
    var result = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      if let (key, value) = values.first(where: { rest.hasPrefix($0.key) }) {
        result += value
        rest = rest.dropFirst(key.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}

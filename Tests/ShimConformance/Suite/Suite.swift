import Foundation

/// Every behaviour, asked of every runtime.
enum Suite {
  static let groups = [
    outputCases, terminalCases, inputCases, signalCases, taskCases, protocolCases, errorCases, memoryCases, streamCases, podCases, eventCases,
    faultCases, isolationCases,
  ]

  /// Asks all of them, one runtime after the other, each under a containerd of its own.
  /// - Parameter progress: told each cell as it is known.
  static func run(_ runtimes: [Runtime], _ settings: Settings, namespace: String, progress: (String) -> Void) throws -> Results {
    let guests = try Guests(sources: settings.sources, folder: Scratch.folder + "/guests")
    let asked = chosen(groups, settings.only)
    var results = Results(labels: runtimes.map(\.label))
    results.rows = asked.flatMap { group in group.behaviours.map { Results.Row(group: group.name, name: $0.name, cells: []) } }
    for (index, runtime) in runtimes.enumerated() {
      let folders = Set(runtimes.compactMap(\.folder)).sorted { $0 == runtime.folder && $1 != runtime.folder }
      let daemon = try Daemon(root: "\(Scratch.folder)/containerd-\(index)", shimFolders: folders)
      let bench = Bench(runtime: runtime, settings: settings, guests: guests, daemon: daemon, namespace: "\(namespace)-\(index)")
      let cells = column(asked, bench, progress)
      for row in results.rows.indices { results.rows[row].cells.append(cells[row]) }
      daemon.stop()
      ControlGroups.remove(bench.namespace)
      try? FileManager.default.removeItem(atPath: "/run/containerd")
    }
    return results
  }

  /// The group of that name, otherwise the behaviours whose name has the text in it, in their groups.
  static func chosen(_ groups: [Group], _ only: String?) -> [Group] {
    guard let only = only?.lowercased() else { return groups }
    let named = groups.filter { $0.name.lowercased() == only }
    guard named.isEmpty else { return named }
    return groups.map { group in
      Group(name: group.name, behaviours: group.behaviours.filter { $0.name.lowercased().contains(only) })
    }.filter { !$0.behaviours.isEmpty }
  }

  /// One runtime's cells, in the order of the rows.
  private static func column(_ groups: [Group], _ bench: Bench, _ progress: (String) -> Void) -> [Results.Cell] {
    var obstacle: Outcome?
    do { try bench.setUp() } catch let skip as Skipped { obstacle = .skipped(skip.reason) } catch {
      obstacle = .failed("it could not be set up: \(error)")
    }
    return groups.flatMap(\.behaviours).map { behaviour in
      let begun = Clock.now
      let outcome = obstacle ?? ask(behaviour, bench)
      if outcome != .notAsked { progress("\(bench.runtime.label): \(behaviour.name): \(outcome.text)") }
      return Results.Cell(outcome: outcome, seconds: Clock.now - begun)
    }
  }

  /// One cell. What a behaviour leaves behind is a failure of it.
  private static func ask(_ behaviour: Behaviour, _ bench: Bench) -> Outcome {
    switch (behaviour.asked, bench.runtime.kind) {
    case (.ofWasm, .native), (.ofNative, .wasm): return .notAsked
    default: break
    }
    var outcome: Outcome
    do { outcome = .passed(try behaviour.body(bench)) } catch let skip as Skipped { outcome = .skipped(skip.reason) } catch {
      outcome = .failed("\(error)")
    }
    if case .failed = outcome {
      // What it would have ended itself had it come so far is not what the shim leaves.
      bench.clear()
      return outcome
    }
    let left = bench.leftovers()
    if !left.isEmpty {
      outcome = .failed("\(left.count) left behind: \(left.prefix(4).joined(separator: ", "))")
      bench.clear()
    }
    return outcome
  }
}

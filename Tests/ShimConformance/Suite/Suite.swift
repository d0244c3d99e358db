import Foundation

/// Every behaviour, asked of every runtime.
enum Suite {
  static let groups = [
    outputCases, terminalCases, inputCases, signalCases, taskCases, protocolCases, hookCases, errorCases, memoryCases, limitCases,
    streamCases, podCases, eventCases, faultCases, isolationCases,
  ]

  /// Asks all of them, one runtime after the other, each under a containerd of its own.
  /// - Parameter progress: told each cell as it is known.
  static func run(_ runtimes: [Runtime], _ settings: Settings, namespace: String, progress: (String) -> Void) throws -> Results {
    let guests = try Guests(sources: settings.sources, folder: Scratch.folder + "/guests")
    let asked = chosen(groups, settings.only)
    var results = Results(of: asked, labels: runtimes.map(\.label))
    for (index, runtime) in runtimes.enumerated() {
      let folders = Set(runtimes.compactMap(\.folder)).sorted { $0 == runtime.folder && $1 != runtime.folder }
      let daemon = try Daemon(root: "\(Scratch.folder)/containerd-\(index)", shimFolders: folders)
      let bench = Bench(runtime: runtime, settings: settings, guests: guests, daemon: daemon, namespace: "\(namespace)-\(index)")
      results.append(column(asked, bench, progress))
    }
    return results
  }

  /// For each word the group of that name, otherwise the behaviours whose name has the word in it; in their groups and in order.
  static func chosen<Subject>(_ groups: [Group<Subject>], _ only: [String]) -> [Group<Subject>] {
    if only.isEmpty { return groups }
    let words = only.map { $0.lowercased() }
    let named = words.filter { word in groups.contains { $0.name.lowercased() == word } }
    return groups.compactMap { group in
      if named.contains(group.name.lowercased()) { return group }
      let chosen = group.behaviours.filter { behaviour in
        words.contains { !named.contains($0) && behaviour.name.lowercased().contains($0) }
      }
      return chosen.isEmpty ? nil : Group(name: group.name, behaviours: chosen)
    }
  }

  /// One runtime's cells, in the order of the rows.
  static func column<Subject: TestSubject>(_ groups: [Group<Subject>], _ bench: Subject, _ progress: (String) -> Void) -> [Results.Cell] {
    var obstacle: Outcome?
    defer { bench.tearDown() }
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
  private static func ask<Subject: TestSubject>(_ behaviour: Behaviour<Subject>, _ bench: Subject) -> Outcome {
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
    // A first process that ends tears down its mounts, which takes long on a busy machine.
    let left = bench.leftovers(limit: 30)
    if !left.isEmpty {
      outcome = .failed("\(left.count) left behind: \(left.prefix(4).joined(separator: ", "))")
      bench.clear()
    }
    return outcome
  }
}

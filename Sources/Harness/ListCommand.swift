import ArgumentParser
import Coordinator
import Foundation
import Observations

/// `harness list`: what there is.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists stored runs, known runtimes or shipped scenarios.",
    discussion: """
      EXAMPLES:
        harness list runs
        harness list runtimes
        harness list scenarios --json
      """,
    subcommands: [Runs.self, Runtimes.self, Scenarios.self])

  struct Runs: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Stored runs, newest first.", discussion: "EXAMPLE:\n  harness list runs --results /var/lib/harness")
    @OptionGroup var results: ResultsOptions
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let runs = try Store.forReading(results.database).runs()
      if json {
        Console.print(try encoded(runs))
        return
      }
      if runs.isEmpty {
        Console.print("no runs in \(results.database)")
        return
      }
      let rows = runs.map { run -> [String] in
        let blocks = "\(run.blocksFinished)/\(run.blocksPlanned)"
        return [run.id, run.startedAt, run.finishedAt == nil ? "unfinished" : "finished", blocks, "\(run.trials)", "\(run.failedTrials)"]
      }
      Console.print(columns([["RUN", "STARTED", "STATE", "BLOCKS", "TRIALS", "FAILED"]] + rows))
    }
  }

  struct Runtimes: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Known runtimes: where they are, or how to get them.", discussion: "EXAMPLE:\n  harness list runtimes")
    @Flag(help: "Print JSON.") var json = false

    private struct Entry: Codable {
      var name: String
      var path: RuntimePath
      var summary: String
      var isAvailable: Bool
      var executable: String?
      var reason: String?
      var remedy: String?
    }

    func run() throws {
      let checkout = try Checkout.current()
      let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
      let detection = RuntimeDetection(checkout: checkout)
      let entries = catalog.entries.map { entry in
        switch detection.find(entry) {
        case .found(_, let executable):
          Entry(name: entry.name, path: entry.path, summary: entry.summary, isAvailable: true, executable: executable)
        case .missing(let missing):
          Entry(
            name: entry.name, path: entry.path, summary: entry.summary, isAvailable: false, reason: missing.reason, remedy: missing.remedy)
        }
      }
      if json {
        Console.print(try encoded(entries))
        return
      }
      let rows = entries.map { entry in
        [entry.name, entry.path.rawValue, entry.isAvailable ? "here" : "missing", entry.summary]
      }
      Console.print(columns([["RUNTIME", "PATH", "STATE", "WHAT"]] + rows))
      let missing = entries.filter { !$0.isAvailable }
      if missing.isEmpty { return }
      Console.print("")
      for entry in missing { Console.print("\(entry.name): \(entry.reason ?? "")\n  to get it: \(entry.remedy ?? "")") }
    }
  }

  struct Scenarios: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shipped scenarios.", discussion: "EXAMPLE:\n  harness list scenarios")
    @Flag(help: "Print JSON.") var json = false

    private struct Entry: Codable {
      var file: String
      var name: String
      var title: String
      var blocks: Int
      var workloads: [String]
      var runtimes: [String]
    }

    func run() throws {
      let checkout = try Checkout.current()
      let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
      let files = try FileManager.default.contentsOfDirectory(atPath: checkout.scenarios).filter {
        $0.hasSuffix(".yaml") && $0 != "runtimes.yaml"
      }
      var entries: [Entry] = []
      var problems: [String] = []
      for file in files.sorted() {
        do {
          let scenario = try ScenarioReader.read("\(checkout.scenarios)/\(file)", checkout: checkout, catalog: catalog)
          entries.append(
            Entry(
              file: "\(checkout.scenarios)/\(file)", name: scenario.name, title: scenario.title, blocks: scenario.blocks,
              workloads: scenario.workloads.map(\.name), runtimes: scenario.runtimes))
        } catch let error as CoordinatorError {
          problems += error.lines
        }
      }
      Console.print(
        json ? try encoded(entries) : columns([["SCENARIO", "BLOCKS", "TITLE"]] + entries.map { [$0.name, "\($0.blocks)", $0.title] }))
      if !problems.isEmpty { throw CoordinatorError(.badData, lines: problems) }
    }
  }
}

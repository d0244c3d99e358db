import Coordinator
import Doctor
import Foundation

/// What of an installation is not here: runtimes, tools, and the programs that container images are made of.
struct Installation {
  let checkout: Checkout

  /// One finding for everything that is missing, and one for each kind of which nothing is.
  /// - Throws: `CoordinatorError` where the runtimes file cannot be read.
  func findings() throws -> [Finding] { try runtimes() + [gnuplot(), guests()] }

  private func runtimes() throws -> [Finding] {
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let detection = RuntimeDetection(checkout: checkout)
    let missing = catalog.entries.compactMap { entry -> Finding? in
      guard case .missing(let reason) = detection.find(entry) else { return nil }
      return Finding(
        name: "runtime \(entry.name)", state: .missing, seen: reason.reason, cost: "\(entry.summary): not measured here",
        remedy: reason.remedy)
    }
    let here = catalog.entries.count - missing.count
    return missing + [
      Finding(name: "runtimes", state: .good, seen: "\(here) of \(catalog.entries.count) are here", cost: "what is missing is not measured")
    ]
  }

  private func gnuplot() -> Finding {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let path = folders.map { "\($0)/gnuplot" }.first(where: FileManager.default.isExecutableFile)
    let cost = "plots of reports are written as scripts and not drawn"
    guard let path else {
      return Finding(name: "gnuplot", state: .missing, seen: "not found", cost: cost, remedy: "apt-get install gnuplot-nox")
    }
    return Finding(name: "gnuplot", state: .good, seen: path, cost: cost)
  }

  /// Images are packed from these at the beginning of a run; none is fetched.
  private func guests() -> Finding {
    let modules = (try? FileManager.default.contentsOfDirectory(atPath: checkout.scenarios + "/guests")) ?? []
    let programs = modules.filter { $0.hasSuffix(".c") }.map { String($0.dropLast(2)) }.sorted()
    let missing = programs.filter { !FileManager.default.isExecutableFile(atPath: "\(checkout.root)/.build/guests/native/\($0)") }
    let cost = "native programs, and the images of containers that are packed from them, cannot be measured"
    guard !missing.isEmpty else { return Finding(name: "native guests", state: .good, seen: "all \(programs.count) are built", cost: cost) }
    return Finding(
      name: "native guests", state: .missing, seen: "not built: \(missing.joined(separator: ", "))", cost: cost,
      remedy: "scripts/build-guests native")
  }
}

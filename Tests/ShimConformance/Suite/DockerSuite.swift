import Foundation

/// Behaviours asked through Docker's client, in the testbed.
enum DockerSuite {
  static let groups = [dockerRunCases, dockerLifeCases]

  static func run(_ runtimes: [Runtime], _ settings: Settings, progress: (String) -> Void) throws -> Results {
    let testbed = try DockerTestbed()
    defer { testbed.down() }
    Scratch.folder = "/var/tmp/shim-conformance-\(getpid())"
    try Files.makeFolder(Scratch.folder)
    defer { try? FileManager.default.removeItem(atPath: Scratch.folder) }
    let guests = try Guests(sources: settings.sources, folder: Scratch.folder + "/guests")
    try testbed.load([guests.image] + (guests.reasonWithoutModules == nil ? [guests.wasmImage] : []))
    let asked = Suite.chosen(groups, settings.only)
    var results = Results(of: asked, labels: runtimes.map(\.label))
    for runtime in runtimes {
      results.append(Suite.column(asked, DockerBench(runtime: runtime, settings: settings, guests: guests, testbed: testbed), progress))
    }
    return results
  }
}

/// Behaviours asked through Docker's client, in the testbed.
enum DockerSuite {
  static let groups: [Group] = []

  static func run(_ runtimes: [Runtime], _ settings: Settings, progress: (String) -> Void) throws -> Results {
    throw Skipped("no testbed")
  }
}

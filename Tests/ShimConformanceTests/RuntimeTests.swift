import Testing

@testable import ShimConformance

@Suite struct RuntimeTests {
  @Test func aNameSaysItsExecutableAndWhatItRuns() throws {
    let runtime = try Runtime("io.containerd.runc.v2", native: [])
    #expect(runtime.executableName == "containerd-shim-runc-v2")
    #expect(runtime.kind == .native)
    #expect(runtime.label == "runc")
    #expect(try Runtime("io.containerd.other.v1=mine", native: []).kind == .wasm)
    #expect(try Runtime("io.containerd.other.v1=mine", native: ["mine"]).kind == .native)
  }

  @Test(arguments: ["", "runc", "/no/such/containerd-shim-x-v1", "/bin/sh"])
  func whatIsNoShimIsRefused(_ words: String) {
    #expect(throws: Failed.self) { try Runtime(words, native: []) }
  }

  @Test func aGroupIsChosenByItsNameAndABehaviourByAPartOfIt() {
    #expect(Suite.chosen(Suite.groups, ["events"]).map(\.name) == ["Events"])
    let chosen = Suite.chosen(Suite.groups, ["Ctrl+C"]).flatMap(\.behaviours)
    #expect(!chosen.isEmpty && chosen.allSatisfy { $0.name.contains("Ctrl+C") })
    #expect(Suite.chosen(Suite.groups, ["nothing is called so"]).isEmpty)
  }

  @Test func noTwoBehavioursOfAGroupHaveTheSameName() {
    for group in Suite.groups { #expect(Set(group.behaviours.map(\.name)).count == group.behaviours.count, "\(group.name)") }
  }
}

import TestSupport
import Testing

@testable import Doctor

@Suite struct DiagnosisTests {
  @Test func the_worst_comes_first() {
    func finding(_ name: String, _ state: Finding.State) -> Finding { Finding(name: name, state: state, seen: "", cost: "") }
    let diagnosis = Diagnosis([
      finding("a", .good), finding("b", .unknown), finding("c", .spoils), finding("d", .cannotBeChanged), finding("e", .missing),
      finding("f", .spoils),
    ])
    #expect(diagnosis.findings.map(\.name) == ["c", "f", "e", "d", "b", "a"])
    #expect(diagnosis.isSpoilt)
    #expect(!Diagnosis([finding("a", .missing), finding("b", .cannotBeChanged)]).isSpoilt)
  }

  @Test func settings_come_in_the_order_in_which_they_are_to_be_made() throws {
    let machine = try MachineTree.untuned()
    let settings = Diagnosis.settable(on: MachineRoot(machine.prefix)).flatMap(\.settings)
    #expect(settings == MachineTree.settings.map { Setting($0.path, $0.new) })
  }

  @Test func this_machine_is_looked_at_without_changing_it() {
    let diagnosis = Diagnosis(
      of: MachineRoot(), activity: ActivitySample(of: MachineRoot(), seconds: 0.05), abilities: LauncherAbilities(lacking: [:]),
      results: "results", others: [])
    #expect(diagnosis.findings.count == 27)
    #expect(Set(diagnosis.findings.map(\.name)).count == diagnosis.findings.count)
    #expect(diagnosis.findings.allSatisfy { !$0.seen.isEmpty && !$0.cost.isEmpty })
  }
}

import Observations
import Testing

@testable import Workers

@Suite struct CommandTemplateTests {
  private let workload = Workload(
    name: "w", module: "/m.wasm", native: "/n", arguments: ["one", "{module}"], environment: ["B": "2", "A": "KEY"], folders: ["/data"],
    arms: ["x"])

  private func expand(_ words: [String], phases: Int32? = nil) -> [String] {
    CommandTemplate(words: words).expand(
      workload, arguments: workload.arguments, folders: [("/host/KEY", "/data"), ("/h2", ".")],
      options: phases.map { ["--phases-fd", "\($0)"] } ?? [])
  }

  @Test func putsEverythingInItsPlace() {
    #expect(
      expand(["/wvm", "run", "{environment:--env=KEY=VALUE}", "{folder:--dir=HOST::GUEST}", "{module}", "{arguments}"]) == [
        "/wvm", "run", "--env=A=KEY", "--env=B=2", "--dir=/host/KEY::/data", "--dir=/h2::.", "/m.wasm", "one", "{module}",
      ])
  }

  @Test func asksForPhasesInFrontOfTheProgram() {
    #expect(expand(["/wvm", "run", "{module}"], phases: 3) == ["/wvm", "run", "--phases-fd", "3", "/m.wasm"])
  }

  @Test func asksForPhasesInFrontOfWhatWasMadeWhereNothingElseIsTheProgram() {
    func expand(_ words: [String]) -> [String] {
      CommandTemplate(words: words).expand(workload, arguments: [], folders: [], options: ["--phases-fd", "3"], prepared: "/made {module}")
    }
    #expect(expand(["/wvm", "run", "{prepared}", "{arguments}"]) == ["/wvm", "run", "--phases-fd", "3", "/made {module}"])
    #expect(
      expand(["/wvm", "run", "--cache", "{prepared}", "{module}"])
        == ["/wvm", "run", "--cache", "/made {module}", "--phases-fd", "3", "/m.wasm"])
  }

  @Test func replacesInsideAWord() {
    #expect(expand(["/x", "--guest={native}"]) == ["/x", "--guest=/n"])
  }

  @Test func saysWhatAWorkloadLacks() {
    let template = CommandTemplate(words: ["/wvm", "{module}"])
    #expect(template.missing(in: workload) == nil)
    #expect(template.missing(in: Workload(name: "w", arms: [])) == "module")
  }
}

@Suite struct PhaseLineTests {
  @Test func keepsTheOrderOfPhases() {
    #expect(
      PhaseLine.parse(" {\"read\": 12,\"decode\":3 , \"exit\" : 0}\n")
        == [Phase(name: "read", nanoseconds: 12), Phase(name: "decode", nanoseconds: 3), Phase(name: "exit", nanoseconds: 0)])
    #expect(PhaseLine.parse("{}") == [])
  }

  @Test(arguments: ["", "{", "{\"a\":}", "{\"a\":-1}", "{\"a\":1", "[1]", "{\"a\":99999999999999999999999}", "{a:1}"])
  func refusesOtherText(_ text: String) {
    #expect(PhaseLine.parse(text) == nil)
  }
}

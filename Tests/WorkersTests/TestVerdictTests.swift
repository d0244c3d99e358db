import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// What becomes of a suite's test in one trial.
@Suite struct TestVerdictTests {
  private func verdict(_ outcome: Outcome, _ detail: String = "") throws -> Verdict {
    let scratch = try Scratch()
    try Data("wrong".utf8).write(to: URL(fileURLWithPath: scratch.path("output")))
    let code = outcome == .wrongExitCode ? 1 : 0
    let line =
      #"{"spawned":1,"exited":2,"reaped":3,"exitCode":\#(code),"timedOut":false,"userTime":0,"systemTime":0,"minorFaults":0,"#
      + #""majorFaults":0,"voluntarySwitches":0,"involuntarySwitches":0,"outputBytes":5,"errorBytes":0,"strays":0}"#
    let expected = Expectation(output: outcome == .wrongOutput ? "right" : nil)
    return Verdict(
      try JSONDecoder().decode(LaunchReport.self, from: Data(line.utf8)), expected: expected, output: scratch.path("output"),
      errors: scratch.path("errors"), timeLimit: 1, startFailure: nil)
  }

  @Test func aModuleIsOneAssertion() throws {
    let passed = TestVerdict(try verdict(.passed), told: nil, exitCode: 0, known: nil)
    #expect(passed.outcome == .passed && passed.assertions == [TestedAssertion(outcome: .pass)])
    let failed = TestVerdict(try verdict(.wrongOutput), told: nil, exitCode: 0, known: nil)
    #expect(failed.outcome == .wrongOutput && failed.assertions.map(\.outcome) == [.fail])
    #expect(failed.detail == "standard output differs from line 1 on: 5 bytes, expected 5")
    let known = TestVerdict(try verdict(.wrongOutput), told: nil, exitCode: 0, known: KnownFailures(whole: true))
    #expect(known.outcome == .passed && known.assertions.map(\.outcome) == [.xfail] && known.detail == "1 known failure")
    let surprise = TestVerdict(try verdict(.passed), told: nil, exitCode: 0, known: KnownFailures(whole: true))
    #expect(surprise.outcome == .failedTest && surprise.detail == "passed, but is marked as a known failure")
  }

  @Test func aScriptIsWhatTheRuntimeTellsOfIt() throws {
    let told = [
      TestedAssertion(line: 4, kind: "assert_return", outcome: .pass),
      TestedAssertion(line: 6, kind: "assert_trap", outcome: .fail, detail: "no trap"),
    ]
    let failed = TestVerdict(try verdict(.wrongExitCode), told: told, exitCode: 1, known: nil)
    #expect(failed.outcome == .failedTest && failed.assertions == told && failed.detail == "line 6: no trap")
    #expect(TestVerdict(try verdict(.wrongExitCode), told: told, exitCode: 1, known: KnownFailures(lines: [6])).outcome == .passed)
    let crashed = TestVerdict(try verdict(.wrongExitCode), told: [told[0]], exitCode: nil, known: nil)
    #expect(crashed.outcome == .failedTest && crashed.assertions.map(\.outcome) == [.pass, .fail])
    let silent = TestVerdict(try verdict(.wrongExitCode), told: nil, exitCode: 65, known: nil)
    #expect(silent.outcome == .wrongExitCode && silent.assertions.map(\.outcome) == [.fail])
    let empty = TestVerdict(try verdict(.wrongExitCode), told: [], exitCode: 77, known: nil)
    #expect(empty.outcome == .passed && empty.assertions.map(\.outcome) == [.skip], "a script without assertions passes nothing")
    let whole = TestVerdict(
      try verdict(.wrongExitCode), errors: "Error: it failed\n\nCaused by:\n    line 7\n", told: nil, exitCode: 1, known: nil)
    #expect(whole.detail == "Error: it failed Caused by: line 7")
  }

  @Test func theLineOfARuntimeIsRead() {
    let line = #"{"source":"a.wast","assertions":[{"line":3,"kind":"assert_trap","outcome":"skip","detail":"text"}]}"# + "\n"
    #expect(TestVerdict.parse(line) == [TestedAssertion(line: 3, kind: "assert_trap", outcome: .skip, detail: "text")])
    for text in ["", "{}", "[]", #"{"assertions":[{"line":3}]}"#, line.replacing("skip", with: "well")] {
      #expect(TestVerdict.parse(text) == nil, "\(text)")
    }
  }

  @Test func aRootIsCopiedWithoutWhatTestsLeave() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let files = FileManager.default
    for folder in ["root/sub", "root/old.cleanup/deep", "root/sub/more.cleanup"] {
      try files.createDirectory(atPath: scratch.path(folder), withIntermediateDirectories: true)
    }
    for file in ["root/file", "root/left.cleanup", "root/sub/kept", "root/sub/left.cleanup"] {
      try Data(file.utf8).write(to: URL(fileURLWithPath: scratch.path(file)))
    }
    try files.createSymbolicLink(atPath: scratch.path("root/link.cleanup"), withDestinationPath: "nowhere")
    try RootCopy.make(of: scratch.path("root"), at: scratch.path("copy"))
    #expect(try files.subpathsOfDirectory(atPath: scratch.path("copy")).sorted() == ["file", "link.cleanup", "sub", "sub/kept"])
    #expect(try files.destinationOfSymbolicLink(atPath: scratch.path("copy/link.cleanup")) == "nowhere")
    #expect(files.fileExists(atPath: scratch.path("root/left.cleanup")), "the suite itself stays as it is")
  }
}

@Suite struct ScriptTemplateTests {
  @Test func aScriptsWordsArePutInTheirPlaces() {
    var workload = Workload(name: "w", arms: ["x"])
    workload.test = ConformanceTest(
      suite: "s", name: "w", script: TestScript(source: "/w.wast", converted: "/w.json", enable: ["threads"], disable: ["a", "b"]))
    let words = ["/wvm", "wast", "{enable:--enable=FEATURES}", "{disable:--disable=FEATURES}", "{script}"]
    let options = ["--assertions-fd", "5"]
    #expect(
      CommandTemplate(words: words).expand(workload, arguments: [], folders: [], options: options)
        == ["/wvm", "wast", "--enable=threads", "--disable=a,b", "--assertions-fd", "5", "/w.json"])
    workload.test?.script = TestScript(source: "/w.wast")
    #expect(
      CommandTemplate(words: ["/e", "wast", "{enable:-f}", "{source}"]).expand(workload, arguments: [], folders: []) == [
        "/e", "wast", "/w.wast",
      ])
    #expect(CommandTemplate(words: words).missing(in: workload) == "converted script")
  }
}

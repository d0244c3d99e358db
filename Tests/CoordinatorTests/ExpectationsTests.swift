import Foundation
import Observations
import Testing

@testable import Coordinator

/// Expectations files: the form of the WASI test suite's own runner, read word by word.
@Suite struct ExpectationsTests {
  private let folder = TemporaryFolder()

  private func read(_ text: String) throws -> Expectations { try Expectations(folder.file("known.toml", text)) }

  private func problems(_ text: String) -> [String] {
    failure { _ = try read(text) }?.lines.map { String($0.dropFirst(folder.path.count + 1)) } ?? []
  }

  @Test func the_suites_own_form_is_read() throws {
    let file = try read(
      """
      version = 1
      # about this runtime
      [[suite]]
      name = "WASI C tests [wasm32-wasip1]"

      [[suite.test]]
      name = "stat-dev-ino" # known to be broken
      action = "skip"

      [[suite.test]]
      name = 'lseek'
      expected = "fail"

      [[suite]]
      name = "core"
      [[suite.test]]
      name = "elem:12"
      expected = "fail"
      [[suite.test]]
      name = "elem:7"
      expected = "fail"
      [[suite.test]]
      name = "i32"
      expected = "pass"
      """)
    let c = "WASI C tests [wasm32-wasip1]"
    #expect(file.entry(c, "stat-dev-ino") == Expectations.Entry(isSkipped: true))
    #expect(file.entry(c, "lseek")?.known == KnownFailures(whole: true))
    #expect(file.entry("core", "elem")?.known == KnownFailures(lines: [12, 7]))
    #expect(file.entry("core", "i32") == Expectations.Entry())
    #expect(file.entry("core", "i64") == nil)
  }

  @Test(arguments: [
    ("version = 2\n", ["known.toml:1:1: version 2: this harness reads version 1"]),
    ("[[suit]]\n", ["known.toml:1:1: unknown table [[suit]]; there are [[suite]] and [[suite.test]]"]),
    (
      "[[suite]]\nname = \"a\"\n[[suite.test]]\nname = \"b\"\n",
      ["known.toml:3:1: the test \"b\" needs action = \"skip\" or expected = \"fail\""]
    ),
    ("[[suite]]\nname = \"a\"\n[[suite.test]]\nexpected = \"fail\"\n", ["known.toml:3:1: a test needs a \"name\""]),
    (
      "[[suite]]\nname = \"a\"\n[[suite.test]]\nname = \"b\"\nexpected = \"fails\"\n",
      ["known.toml:5:1: \"expected\" cannot be \"fails\" (known: fail, pass)"]
    ),
    ("[[suite]]\nname = a\n", ["known.toml:2:1: \"name\" must be a text in quotes, found a"]),
    ("[[suite]]\nnam = \"a\"\n", ["known.toml:2:1: unknown key \"nam\" (did you mean name?)"]),
    (
      "[[suite]]\nname = \"a\"\n[[suite.test]]\nname = \"b:3\"\naction = \"skip\"\n",
      ["known.toml:3:1: \"b:3\": only whole tests are skipped; leave \":3\" out"]
    ),
    ("nonsense\n", ["known.toml:1:1: must be KEY = \"VALUE\" or a table, found \"nonsense\""]),
  ])
  func what_makes_no_sense_is_refused_with_its_line(text: String, lines: [String]) {
    #expect(problems(text) == lines)
  }

  @Test func a_name_that_no_test_of_a_suite_has_is_refused() throws {
    let file = try read(
      "[[suite]]\nname = \"core\"\n[[suite.test]]\nname = \"i23\"\nexpected = \"fail\"\n[[suite]]\nname = \"cor\"\n[[suite.test]]\nname = \"a\"\naction = \"skip\"\n"
    )
    let path = folder.path + "/known.toml"
    #expect(
      file.unknown(among: ["core": ["i32", "i64"]]) == [
        "\(path): there is no test \"i23\" in the suite \"core\" (did you mean i32?)"
      ])
  }

  @Test func a_suite_that_is_not_there_is_told_with_its_line() throws {
    let file = try read("version = 1\n\n[[suite]]\nname = \"cor\"\n[[suite]]\nname = \"core\"\n[[suite]]\nname = \"cor\"\n")
    let path = folder.path + "/known.toml"
    #expect(
      file.strangers(among: ["core", "threads"]) == [
        "\(path):4:1: there is no suite \"cor\" here, and what is said of it is passed over (suites: core, threads)"
      ])
    #expect(file.strangers(among: ["core", "cor"]).isEmpty)
  }

  @Test func what_is_known_decides_what_an_outcome_means() {
    let told = [
      TestedAssertion(line: 3, kind: "assert_return", outcome: .pass),
      TestedAssertion(line: 5, kind: "assert_trap", outcome: .fail, detail: "no"),
      TestedAssertion(line: 7, kind: "assert_invalid", outcome: .skip, detail: "text"),
    ]
    #expect(told.judged(nil).map(\.outcome) == [.pass, .fail, .skip])
    #expect(told.judged(KnownFailures(lines: [5])).map(\.outcome) == [.pass, .xfail, .skip])
    #expect(told.judged(KnownFailures(lines: [3, 5])).map(\.outcome) == [.xpass, .xfail, .skip])
    #expect(told.judged(KnownFailures(whole: true)).map(\.outcome) == [.pass, .xfail, .skip])
    #expect(told.judged(KnownFailures(lines: [5, 9])).map(\.outcome) == [.pass, .xfail, .skip, .xpass])
    #expect([told[0], told[2]].judged(KnownFailures(whole: true)).map(\.outcome) == [.pass, .skip, .xpass])
    let whole = [TestedAssertion(outcome: .pass)]
    #expect(whole.judged(KnownFailures(whole: true)).map(\.outcome) == [.xpass])
    #expect([TestedAssertion(outcome: .fail)].judged(KnownFailures(whole: true)).map(\.outcome) == [.xfail])
  }
}

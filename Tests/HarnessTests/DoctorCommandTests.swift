import Foundation
import TestSupport
import Testing

/// `harness doctor` as a user meets it, on a machine that was made up.
@Suite struct DoctorCommandTests {
  private let tree: MachineTree
  private let old = MachineTree.settings.map { Optional($0.old) }
  private let new = MachineTree.settings.map { Optional($0.new) }
  private let governor = MachineTree.settings[0].path

  init() throws { tree = try MachineTree.untuned() }

  private func words(_ arguments: [String]) -> [String] {
    ["HARNESS_MACHINE_ROOT=\(tree.prefix)", "HARNESS_STATE=\(tree.state)", Product.path("harness")] + arguments
  }

  private func harness(_ arguments: String...) throws -> Command.Outcome {
    try Command("/usr/bin/env", words(arguments), in: Checkout.top).run()
  }

  /// One that goes on until it ends or is killed.
  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words(arguments)
    process.currentDirectoryURL = URL(fileURLWithPath: Checkout.top)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func wait(_ condition: () -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: 20)
    while !condition(), Date() < deadline { usleep(2000) }
    try #require(condition())
  }

  private func end(_ process: Process, _ signal: Int32) {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }

  // MARK: Looking

  private struct Document: Decodable {
    struct Finding: Decodable {
      struct Setting: Decodable { var path, wanted: String }
      var name, state, seen, cost: String
      var settings: [Setting]
    }
    var spoilt: Bool
    var standing: String?
    var findings: [Finding]
  }

  @Test func a_machine_that_spoils_measurements_is_told_and_ends_with_1() throws {
    let outcome = try harness("doctor")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains(" spoil measurements here; harness doctor --tune mends "), "\(outcome.output)")
    #expect(outcome.output.contains("  CPU governor"))
    #expect(outcome.output.contains("ondemand, powersave on 2 of 2 CPUs"))
    #expect(outcome.errors.isEmpty)
    #expect(tree.values == old && tree.journalText == nil)
  }

  @Test func json_agrees_with_the_exit_code_and_names_every_setting() throws {
    let outcome = try harness("doctor", "--json")
    let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
    #expect(document.spoilt && outcome.status == 1)
    #expect(document.findings.flatMap(\.settings).map { "\($0.path) \($0.wanted)" } == MachineTree.settings.map { "\($0.path) \($0.new)" })
    #expect(document.findings.contains { $0.name == "runtimes" && $0.seen.contains(" are here") })
    #expect(document.standing == nil)
  }

  @Test func this_machine_is_looked_at_in_less_than_two_seconds() throws {
    // Other tests keep the machine busy; the fastest of a few is what it takes.
    let times = try (0..<3).map { _ in
      let start = ContinuousClock.now
      let outcome = try Command(Product.path("harness"), ["doctor", "--json"], in: Checkout.top).run()
      let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
      #expect(outcome.status == (document.spoilt ? 1 : 0))
      #expect(document.spoilt == document.findings.contains { $0.state == "spoils" })
      return ContinuousClock.now - start
    }
    #expect(try #require(times.min()) < .seconds(2))
  }

  // MARK: Tuning for a command

  @Test func a_command_runs_on_the_tuned_machine_and_its_exit_code_is_passed_on() throws {
    let outcome = try harness("doctor", "--tune", "--", "/bin/sh", "-c", "cat \(tree.prefix)\(governor); exit 7")
    #expect(outcome.status == 7)
    #expect(outcome.output == "performance\n")
    #expect(
      outcome.errors.contains(
        "note: tuned: CPU governor, turbo, huge pages, huge page defrag, KSM, NMI watchdog, soft watchdog, timer migration, SMT (10 settings)"
      ))
    #expect(outcome.errors.contains("note: 10 settings set back"))
    #expect(tree.values == old && tree.journalText == nil)
  }

  @Test func a_command_that_is_not_there_is_69_and_the_machine_is_as_it_was() throws {
    let outcome = try harness("doctor", "--tune", "--", "/nowhere/command")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("error: /nowhere/command: cannot be started (No such file or directory)"))
    #expect(tree.values == old && tree.journalText == nil)
  }

  @Test func what_somebody_else_changes_meanwhile_is_left_alone_and_told() throws {
    let outcome = try harness("doctor", "--tune", "--", "/bin/sh", "-c", "echo schedutil > \(tree.prefix)\(governor)")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("changed by somebody else since and left alone: \(governor) (now schedutil)"))
    #expect(tree.values == ["schedutil"] + old.dropFirst())
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP]) func asked_to_end_it_ends_the_command_and_restores(signal: Int32) throws {
    let process = try start(["doctor", "--tune", "--", "/bin/sleep", "60"])
    try wait { tree.values == new }
    end(process, signal)
    #expect(process.terminationStatus == 128 + signal)
    #expect(tree.values == old && tree.journalText == nil)
  }

  @Test func two_at_once_are_refused_with_75() throws {
    let process = try start(["doctor", "--tune", "--", "/bin/sleep", "60"])
    defer { end(process, SIGTERM) }
    try wait { tree.values == new }
    // Somebody else's change gives the second something to do.
    try tree.set(governor, "schedutil")
    let second = try harness("doctor", "--tune", "--", "/bin/true")
    #expect(second.status == 75)
    #expect(second.errors.contains("error: another harness is tuning this machine"), "\(second.errors)")
    let restoring = try harness("doctor", "--restore")
    #expect(restoring.status == 75)
    #expect(restoring.errors.contains("error: process \(process.processIdentifier) has tuned this machine"), "\(restoring.errors)")
    #expect(tree.values == ["schedutil"] + new.dropFirst())
  }

  // MARK: Killed

  @Test func killed_while_its_command_runs_the_next_command_restores() throws {
    let process = try start(["doctor", "--tune", "--", "/bin/sleep", "3"])
    try wait { tree.values == new }
    end(process, SIGKILL)
    #expect(tree.values == new)
    let next = try harness("list", "scenarios")
    #expect(next.status == 0)
    #expect(next.errors == "note: harness doctor --tune was killed (process \(process.processIdentifier)): 10 settings set back\n")
    #expect(tree.values == old && tree.journalText == nil)
    #expect(try harness("list", "scenarios").errors.isEmpty)
  }

  @Test(arguments: [["doctor", "--tune"], ["doctor", "--tune", "--", "/bin/true"]])
  func killed_half_way_through_tuning_the_next_command_restores(arguments: [String]) throws {
    // A read lease of ours keeps whoever opens the file for writing waiting, and nobody who reads it (fcntl(2)). We are told by a signal,
    // one that does nothing.
    let (path, _, _) = MachineTree.settings[6]
    let held = open(tree.prefix + path, O_RDONLY | O_CLOEXEC)
    let setSignal: CInt = 10, setLease: CInt = 1024
    try #require(fcntl(held, setSignal, SIGURG) == 0 && fcntl(held, setLease, CInt(F_RDLCK)) == 0)
    let process = try start(arguments)
    try wait { tree.journalText?.contains(path) == true }
    end(process, SIGKILL)
    close(held)
    #expect(Array(tree.values[..<6]) == Array(new[..<6]), "the first ones are tuned")
    #expect(Array(tree.values[6...]) == Array(old[6...]), "the rest is not")

    let next = try harness("--help")
    #expect(next.status == 0)
    #expect(next.errors == "note: harness doctor --tune was killed (process \(process.processIdentifier)): 6 settings set back\n")
    #expect(tree.values == old && tree.journalText == nil)
  }

  @Test func a_damaged_journal_stops_no_other_command_and_is_kept() throws {
    #expect(try harness("doctor", "--tune").status == 0)
    let text = String(try #require(tree.journalText).dropFirst(9))
    try tree.setJournal(text)
    let other = try harness("list", "scenarios")
    #expect(other.status == 0)
    #expect(other.errors.hasPrefix("warning: a tuned machine could not be restored: \(tree.journal):1: not understood"), "\(other.errors)")
    let restoring = try harness("doctor", "--restore")
    #expect(restoring.status == 65)
    #expect(restoring.errors.contains("error: \(tree.journal):1: not understood"))
    #expect(tree.values == new && tree.journalText == text)
  }

  // MARK: Tuning to stay

  @Test func without_a_command_it_stays_tuned_until_it_is_restored() throws {
    let tuned = try harness("doctor", "--tune")
    #expect(tuned.status == 0)
    #expect(tuned.output.hasSuffix("SMT (10 settings)\nback to what they were: harness doctor --restore\n"), "\(tuned.output)")
    #expect(try harness("list", "scenarios").errors.isEmpty)
    #expect(tree.values == new)
    #expect(try harness("doctor").output.contains("10 settings tuned; back to what they were: harness doctor --restore."))
    let again = try harness("doctor", "--tune")
    #expect(again.status == 0 && again.errors.contains("note: nothing to tune"))
    let restored = try harness("doctor", "--restore")
    #expect(restored.status == 0 && restored.output == "10 settings set back\n")
    #expect(tree.values == old && tree.journalText == nil)
    #expect(try harness("doctor", "--restore").output == "nothing to restore: the machine is not tuned\n")
  }

  @Test(.enabled(if: geteuid() == 0 && Command.find("setpriv") != nil, "acting as another user needs root and setpriv"))
  func without_root_nothing_is_changed() throws {
    let arguments = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "/usr/bin/env"] + words(["doctor", "--tune"])
    let outcome = try Command(try #require(Command.find("setpriv")), arguments, in: Checkout.top).run()
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("error: only root can set "), "\(outcome.errors)")
    #expect(outcome.errors.contains("nothing was changed; run: sudo harness doctor --tune"))
    #expect(tree.values == old)
  }

  @Test(arguments: [
    (["doctor", "--tune", "--restore"], "--tune and --restore contradict each other"),
    (["doctor", "--", "true"], "a COMMAND wants --tune"), (["doctor", "--json", "--tune"], "--json is for what was found"),
  ])
  func bad_usage_is_64(arguments: [String], words: String) throws {
    let outcome = try Command(Product.path("harness"), arguments, in: Checkout.top).run()
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error: \(words)"), "\(outcome.errors)")
  }
}

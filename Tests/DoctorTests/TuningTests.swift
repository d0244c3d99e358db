import Foundation
import TestSupport
import Testing

@testable import Doctor

/// Settings are changed in order, noted before they are, and come back in reverse.
@Suite struct TuningTests {
  private let tree: MachineTree
  private var machine: MachineRoot { MachineRoot(tree.prefix) }
  private let settings = MachineTree.settings.map { Setting($0.path, $0.new) }
  private let old = MachineTree.settings.map { Optional($0.old) }
  private let new = MachineTree.settings.map { Optional($0.new) }

  init() throws { tree = try MachineTree.untuned() }

  private func tune() throws -> Tuning { try Tuning(settings, on: machine, state: tree.state) }

  private func lines() throws -> [String] { try #require(tree.journalText).split(separator: "\n").map(String.init) }

  /// The journal as a process would have left it that is no more.
  private func kill(after lines: [String], torn: String = "") throws {
    let dead = lines.map { $0.replacingOccurrences(of: "\"process\":\(getpid())", with: "\"process\":999999999") }
    try tree.setJournal(dead.map { $0 + "\n" }.joined() + torn)
  }

  @Test func everything_is_set_and_everything_comes_back_in_reverse() throws {
    let tuning = try tune()
    #expect(tree.values == new)
    #expect(tuning.changes == settings.count && tuning.refusals.isEmpty)
    let restoration = tuning.restore()
    #expect(tree.values == old)
    #expect(restoration.restored == MachineTree.settings.map(\.path).reversed())
    #expect(restoration.sentence == "10 settings set back")
    #expect(tree.journalText == nil)
  }

  @Test func what_is_as_wanted_is_neither_set_nor_noted() throws {
    try tree.set(MachineTree.settings[2].path, "1")
    let tuning = try tune()
    #expect(tuning.changes == settings.count - 1)
    #expect(try lines().count == settings.count)
    tuning.restore()
    #expect(tree.text(MachineTree.settings[2].path) == "1")
  }

  @Test func old_values_are_on_disk_in_order_before_the_next_change() throws {
    let tuning = try tune()
    let steps = try lines().dropFirst()
    #expect(steps.count == settings.count)
    for (line, setting) in zip(steps, MachineTree.settings) {
      let step = try JSONDecoder().decode(TuningJournal.Step.self, from: Data(line.utf8))
      #expect(step == TuningJournal.Step(path: setting.path, old: setting.old, new: setting.new))
    }
    tuning.restore()
  }

  /// Killed right after a line was written, right after the change it announces, and in the middle of a line, at every step.
  @Test(arguments: 0...MachineTree.settings.count) func killed_anywhere_the_machine_comes_back(step: Int) throws {
    var whole: [String] = []
    do {
      let tuning = try tune()
      whole = try lines()
      tuning.restore()
    }
    for isSet in [false, true] where step > 0 || !isSet {
      for (index, setting) in MachineTree.settings.enumerated() {
        try tree.set(setting.path, index < step - 1 || (index == step - 1 && isSet) ? setting.new : setting.old)
      }
      let torn = step < settings.count ? String(whole[step + 1].prefix(20)) : ""
      try kill(after: Array(whole[...step]), torn: torn)
      let line = try #require(Recovery.afterKilled(on: machine, state: tree.state))
      #expect(line.hasPrefix("note: harness doctor --tune was killed (process 999999999): "), "\(line)")
      #expect(tree.values == old)
      #expect(tree.journalText == nil)
      #expect(Recovery.afterKilled(on: machine, state: tree.state) == nil)
    }
  }

  @Test func what_somebody_else_has_changed_is_left_alone() throws {
    let tuning = try tune()
    let governor = MachineTree.settings[0].path, turbo = MachineTree.settings[2].path
    try tree.set(governor, "schedutil")
    try tree.remove(turbo)
    let restoration = tuning.restore()
    #expect(restoration.foreign == ["\(turbo) (gone)", "\(governor) (now schedutil)"])
    #expect(restoration.restored.count == settings.count - 2)
    #expect(tree.text(governor) == "schedutil")
    #expect(restoration.sentence.contains("changed by somebody else since and left alone: \(turbo) (gone), \(governor) (now schedutil)"))
    #expect(tree.journalText == nil)
  }

  @Test func a_living_owner_is_left_alone() throws {
    let tuning = try tune()
    #expect(Recovery.afterKilled(on: machine, state: tree.state) == nil)
    #expect(throws: TuningError.self) { try Recovery.restoration(on: machine, state: tree.state) }
    #expect(Recovery.standing(tree.state) == "10 settings tuned by process \(getpid()), until it ends")
    #expect(tree.values == new)
    tuning.restore()
  }

  @Test func a_tuning_that_is_to_stay_stays_until_it_is_restored() throws {
    do { try tune().keep() }
    try kill(after: try lines())
    #expect(Recovery.afterKilled(on: machine, state: tree.state) == nil)
    #expect(tree.values == new)
    #expect(Recovery.standing(tree.state) == "10 settings tuned; back to what they were: harness doctor --restore")
    let error = #expect(throws: TuningError.self) { try tune() }
    #expect(error?.reason == .busy)
    #expect(error?.line.contains("harness doctor --restore") == true)
    #expect(try Recovery.restoration(on: machine, state: tree.state)?.restored.count == settings.count)
    #expect(tree.values == old)
    #expect(try Recovery.restoration(on: machine, state: tree.state) == nil)
    #expect(Recovery.standing(tree.state) == nil)
  }

  @Test func two_cannot_tune_at_once() throws {
    let first = try tune()
    let error = #expect(throws: TuningError.self) { try tune() }
    #expect(error?.reason == .busy)
    #expect(error?.line.contains("another harness is tuning this machine") == true)
    #expect(tree.values == new)
    first.restore()
  }

  @Test func a_journal_of_another_boot_is_dropped() throws {
    do { try tune().keep() }
    let text = try #require(tree.journalText)
    try tree.setJournal(text.replacingOccurrences(of: Boot.identifier, with: "another"))
    #expect(Recovery.standing(tree.state) == nil)
    #expect(Recovery.afterKilled(on: machine, state: tree.state) == nil)
    #expect(tree.journalText == nil)
    #expect(tree.values == new)
  }

  @Test func a_journal_of_another_machine_root_is_not_for_this_one() throws {
    do { try tune().keep() }
    try kill(after: try lines().dropLast())
    let other = try MachineTree.untuned()
    #expect(Recovery.afterKilled(on: MachineRoot(other.prefix), state: tree.state) == nil)
    #expect(throws: TuningError.self) { try Recovery.restoration(on: MachineRoot(other.prefix), state: tree.state) }
    #expect(tree.values == new && tree.journalText != nil)
  }

  @Test(arguments: ["", "\n", "not json\n", "{\"version\":1}\n", "{\"boot\":1,\"machine\":\"\",\"owner\":{},\"version\":1}\n"])
  func a_damaged_head_changes_nothing_and_loses_nothing(text: String) throws {
    do { try tune().keep() }
    try tree.setJournal(text)
    try expectDamage("journal:1: not understood", text)
  }

  @Test(arguments: [
    "{\"path\":\"/sys/x\",\"old\":\"1\"}", "powersave", "{\"new\":\"1\",\"old\":\"0\",\"path\":\"/etc/passwd\"}",
    "{\"new\":\"1\",\"old\":\"0\",\"path\":\"/sys/../etc/passwd\"}", "{\"new\":\"1\",\"old\":\"\",\"path\":\"/sys/x\"}",
  ])
  func a_damaged_step_changes_nothing_and_loses_nothing(line: String) throws {
    do { try tune().keep() }
    var whole = try lines().dropLast()
    whole[2] = line
    try kill(after: Array(whole))
    try expectDamage("journal:3: not understood", try #require(tree.journalText))
  }

  @Test func a_journal_of_a_newer_harness_is_left_to_it() throws {
    do { try tune().keep() }
    let text = try #require(tree.journalText).replacingOccurrences(of: "\"version\":1", with: "\"version\":2")
    try tree.setJournal(text)
    try expectDamage("written by a newer harness", text)
  }

  private func expectDamage(_ words: String, _ text: String) throws {
    let line = try #require(Recovery.afterKilled(on: machine, state: tree.state))
    #expect(line.hasPrefix("warning: a tuned machine could not be restored: ") && line.contains(words), "\(line)")
    let error = #expect(throws: TuningError.self) { try Recovery.restoration(on: machine, state: tree.state) }
    #expect(error?.reason == .damaged && error?.line.contains(words) == true)
    #expect(throws: TuningError.self) { try tune() }
    #expect(tree.values == new)
    #expect(tree.journalText == text)
  }

  @Test func a_folder_that_others_can_write_is_refused() throws {
    do { try tune().keep() }
    for mode in [0o777, 0o775] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: tree.state)
      let error = #expect(throws: TuningError.self) { try tune() }
      #expect(error?.reason == .damaged)
      #expect(error?.line.contains("others can write there (mode \(String(mode, radix: 8))") == true)
      #expect(Recovery.afterKilled(on: machine, state: tree.state)?.contains("others can write there") == true)
    }
    #expect(tree.values == new)
  }

  @Test(.enabled(if: geteuid() == 0, "giving a folder away needs root"))
  func a_folder_of_somebody_else_is_refused() throws {
    try FileManager.default.createDirectory(atPath: tree.state, withIntermediateDirectories: true)
    #expect(chown(tree.state, 65534, 65534) == 0)
    #expect(throws: TuningError.self) { try tune() }
    #expect(tree.values == old)
  }

  @Test func a_folder_that_is_a_link_is_refused() throws {
    try FileManager.default.createSymbolicLink(atPath: tree.state, withDestinationPath: "/tmp")
    #expect(throws: TuningError.self) { try tune() }
    #expect(tree.values == old)
  }

  @Test(.enabled(if: geteuid() == 0, "for others it is refused before anything is set"))
  func what_the_kernel_refuses_is_told_and_the_rest_is_set() throws {
    let path = MachineTree.settings[1].path
    try tree.remove(path)
    // Can be read, and takes nothing.
    try FileManager.default.createSymbolicLink(atPath: tree.prefix + path, withDestinationPath: "/proc/version")
    let tuning = try tune()
    #expect(tuning.refusals.count == 1 && tuning.refusals[0].hasPrefix(path), "\(tuning.refusals)")
    #expect(tuning.changes == settings.count - 1)
    let restoration = tuning.restore()
    #expect(restoration.failed.isEmpty && restoration.foreign.isEmpty && restoration.restored.count == settings.count - 1)
  }

  @Test(.enabled(if: geteuid() == 0, "for others it is refused before anything is set"))
  func what_cannot_be_set_back_stays_in_the_journal() throws {
    do { try tune().keep() }
    let path = MachineTree.settings[1].path
    try tree.remove(path)
    // Can be read, and takes nothing.
    try FileManager.default.createSymbolicLink(atPath: tree.prefix + path, withDestinationPath: "/proc/version")
    var whole = try lines()
    whole[2] = TuningJournal.line(TuningJournal.Step(path: path, old: "ondemand", new: try #require(machine.value(path))))
    try kill(after: whole)
    let restoration = try #require(try Recovery.restoration(on: machine, state: tree.state))
    #expect(restoration.failed.count == 1 && restoration.failed[0].hasPrefix("\(path) to ondemand"), "\(restoration.failed)")
    #expect(restoration.restored.count == settings.count - 1)
    #expect(restoration.sentence.contains("could not be set back: \(path)"))
    #expect(tree.journalText != nil)
  }
}

/// Who is alive.
@Suite struct ProcessIdentityTests {
  @Test func this_process_is_alive_and_another_start_is_another_process() throws {
    var identity = try #require(ProcessIdentity(getpid()))
    #expect(identity.isAlive)
    identity.start += 1
    #expect(!identity.isAlive)
    #expect(ProcessIdentity(999_999_999) == nil)
  }

  @Test func one_that_has_ended_and_was_not_asked_for_is_dead() throws {
    let child = Child.start { 0 }
    defer { _ = Child.wait(child) }
    let identity = { ProcessIdentity(child) }
    for _ in 0..<1000 where identity() != nil { usleep(1000) }
    #expect(identity() == nil)
    #expect(kill(child, 0) == 0)
  }
}

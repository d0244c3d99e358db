import ArgumentParser
import Coordinator
import Doctor
import Foundation
import Report

/// `harness doctor`: what on this machine spoils measurements, and how to mend it.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Says what on this machine spoils measurements, what it costs and how to mend it; --tune mends it.",
    discussion: """
      EXAMPLES:
        harness doctor
        harness doctor --json
        sudo harness doctor --tune -- harness run scenarios/startup.yaml
        sudo harness doctor --tune && harness run scenarios/startup.yaml; sudo harness doctor --restore

      --tune sets what the doctor can set and wants root for it. With a COMMAND it restores everything, in reverse order, when the command
      has ended, and ends with the command's exit code; without one the machine stays tuned until --restore. Where --tune is killed,
      the next harness command restores the machine, whatever it is. What somebody else has changed meanwhile is left alone.

      Old values are kept in /run/harness/tuning, or the folder that HARNESS_STATE names.

      EXIT CODES: 0 nothing spoils that could be mended, 1 something does, 64 usage, 65 a journal that is damaged or that others could
      write, 69 needs root (nothing is changed) or the command is not there, 74 reading or writing failed, 75 somebody else is tuning.
      """)

  @OptionGroup var results: ResultsOptions
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Change what can be changed for the better.") var tune = false
  @Flag(help: "Change back what --tune has changed.") var restore = false
  @Argument(parsing: .postTerminator, help: ArgumentHelp("After --: run this on the tuned machine, then restore it.", valueName: "COMMAND"))
  var command: [String] = []

  func validate() throws {
    if tune, restore { throw ValidationError("--tune and --restore contradict each other; give one") }
    if !command.isEmpty, !tune { throw ValidationError("a COMMAND wants --tune: harness doctor --tune -- \(command[0]) …") }
    if json, tune || restore { throw ValidationError("--json is for what was found; leave it out with --tune and --restore") }
  }

  func run() throws {
    do {
      if restore { try restoreMachine() } else if tune { try tuneMachine() } else { try report() }
    } catch let error as TuningError {
      throw CoordinatorError(error)
    }
  }

  // MARK: Looking

  /// Seconds for which the processes are watched.
  private static let watch = 0.5

  private func report() throws {
    let checkout = try Checkout.current()
    let machine = TuningPlaces.machine
    let folder = URL(fileURLWithPath: results.database).deletingLastPathComponent().path
    let diagnosis = Diagnosis(
      of: machine, activity: ActivitySample(of: machine, seconds: Self.watch),
      abilities: LauncherAbilities.ask(checkout.bin + "/harness-launcher"), results: folder,
      others: try Installation(checkout: checkout).findings())
    let standing = Recovery.standing(TuningPlaces.state)
    if json {
      Console.print(DiagnosisReport.json(diagnosis, standing: standing))
    } else {
      Console.print(
        DiagnosisReport.terminal(diagnosis, standing: standing, color: Console.hasColor, width: Console.width(of: 1)), styled: true)
    }
    if diagnosis.isSpoilt { throw ExitCode(1) }
  }

  // MARK: Tuning

  private func tuneMachine() throws {
    let signals = HeldSignals()
    let findings = Diagnosis.settable(on: TuningPlaces.machine).filter { !$0.settings.isEmpty }
    guard !findings.isEmpty else {
      Console.error("note: nothing to tune: everything that can be set here is as it should be")
      return try runCommand(signals)
    }
    let tuning = try Tuning(findings.flatMap(\.settings), on: TuningPlaces.machine, state: TuningPlaces.state)
    for refusal in tuning.refusals { Console.error("warning: could not be set: \(refusal)") }
    let names = "tuned: \(findings.map(\.name).joined(separator: ", ")) (\(tuning.extent))"
    if let number = signals.arrived() {
      tuning.restore()
      throw ExitCode(128 + number)
    }
    if command.isEmpty { return try stay(tuning, names) }
    Console.error("note: \(names)")
    defer { Console.error("note: \(tuning.restore().sentence)") }
    try runCommand(signals)
  }

  private func runCommand(_ signals: HeldSignals) throws {
    guard !command.isEmpty else { return }
    let code = try TunedCommand.run(command, holding: signals)
    if code != 0 { throw ExitCode(code) }
  }

  private func stay(_ tuning: Tuning, _ names: String) throws {
    guard tuning.changes > 0 else {
      tuning.restore()
      throw CoordinatorError(
        .missing, "none of the settings can be made here (a container, whose /sys is read-only?); tune the machine itself")
    }
    try tuning.keep()
    Console.print("\(names)\nback to what they were: harness doctor --restore")
  }

  private func restoreMachine() throws {
    let restoration = try Recovery.restoration(on: TuningPlaces.machine, state: TuningPlaces.state)
    Console.print(restoration?.sentence ?? "nothing to restore: the machine is not tuned")
    if let restoration, !restoration.failed.isEmpty {
      throw CoordinatorError(.inputOutput, "not everything could be set back; mend what keeps it, then again: harness doctor --restore")
    }
  }
}

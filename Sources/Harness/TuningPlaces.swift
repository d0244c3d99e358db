import Coordinator
import Doctor
import Foundation

/// Which machine is looked at and tuned, and where what was changed is noted.
enum TuningPlaces {
  /// The folder of the journal: HARNESS_STATE, for installations without `/run` and for tests.
  static var state: String { variable("HARNESS_STATE") ?? "/run/harness/tuning" }

  /// This machine. HARNESS_MACHINE_ROOT is for tests alone: a folder with `sys` and `proc` that stands for a machine, so that tuning can be
  /// tried, and killed, without touching the one it runs on.
  static var machine: MachineRoot { MachineRoot(variable("HARNESS_MACHINE_ROOT") ?? "") }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
}

extension CoordinatorError {
  /// What tuning says, with the exit code that goes with it.
  init(_ error: TuningError) {
    let reason: Reason =
      switch error.reason {
      case .notAllowed, .missing: .missing
      case .busy: .busy
      case .damaged: .badData
      case .inputOutput: .inputOutput
      }
    self.init(reason, error.line)
  }
}

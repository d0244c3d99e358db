import Glibc

/// A command that is run on a tuned machine.
public enum TunedCommand {
  /// Runs it to its end. What asks this process to end is handed on to the command, and its end is awaited.
  /// - Parameter words: the program and its arguments.
  /// - Returns: its exit code, 128 + N after signal N.
  /// - Throws: `TuningError.missing` where it cannot be started.
  public static func run(_ words: [String], holding signals: HeldSignals) throws(TuningError) -> Int32 {
    let child: ChildProgram
    do throws(SystemFailure) { child = try ChildProgram(words) } catch {
      throw TuningError(.missing, "\(words[0]): cannot be started (\(error))")
    }
    while true {
      let (number, isFromProcess) = signals.next()
      if number == SIGCHLD {
        if let code = child.exitCode(waiting: false) { return code }
      } else if isFromProcess {
        // A terminal has sent its own to the command as well.
        kill(child.process, number)
      }
    }
  }
}

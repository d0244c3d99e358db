import Containers
import Glibc

/// Copies between a terminal and the pipes of its client, in both directions.
final class TerminalCopy {
  private let master: Int32
  private let input: StreamCopy?
  let output: StreamCopy

  /// How long, in milliseconds, whoever is left behind on the terminal is listened to.
  private static let patience = 500

  /// Owns the descriptors from now on; -1 is nobody.
  init(_ loop: EventLoop, master: Int32, input: Int32, output: Int32) {
    self.master = master
    // A descriptor of its own for each direction: each is watched for itself. The end of the client's input does not end the terminal.
    self.input = input < 0 ? nil : StreamCopy(loop, from: input, to: fcntl(master, F_DUPFD_CLOEXEC, 0))
    self.output = StreamCopy(loop, from: master, to: output)
    self.output.whenDone { [input = self.input] in input?.close() }
  }

  func resize(width: UInt32, height: UInt32) {
    if !output.isDone { Pseudoterminal.resize(master, width: width, height: height) }
  }

  /// Nobody has the terminal open any more, or soon nobody will: the rest of its output is passed on.
  func processEnded() { output.processEnded(patience: Self.patience, whileMoving: true) }

  func close() { output.close() }
}

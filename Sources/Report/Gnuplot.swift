import Foundation
import Synchronization

/// The gnuplot program, run as a child with its output read through a pipe: it leaves no file behind.
struct Gnuplot {
  var executable: String
  /// A plot takes a fraction of a second; one that takes this long is stuck.
  var timeLimit = 60.0

  /// What to tell somebody who has no gnuplot.
  static let remedy = "apt install gnuplot-nox"

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// The gnuplot of the search path, if there is one.
  static func find(path: String? = ProcessInfo.processInfo.environment["PATH"]) -> Gnuplot? {
    let folders = (path ?? "").split(separator: ":").map(String.init)
    return folders.map { $0 + "/gnuplot" }.first(where: FileManager.default.isExecutableFile(atPath:)).map { Gnuplot(executable: $0) }
  }

  /// The plot as SVG, `width` pixels wide.
  /// - Parameter folder: where the plot's script and data have been written.
  func svg(of plot: Plot, in folder: String, width: Int) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.arguments = ["-e", "WIDTH=\(width); OUTPUT=''", "\(plot.name).gp"]
    process.standardInput = FileHandle.nullDevice
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = messages
    do { try process.run() } catch { throw Failure(description: "gnuplot could not be started: \(error.localizedDescription)") }

    let isStuck = Atomic(false)
    let alarm = DispatchWorkItem {
      isStuck.store(true, ordering: .relaxed)
      process.terminate()
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit, execute: alarm)
    let svg = output.fileHandleForReading.readDataToEndOfFile()
    let message = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    alarm.cancel()

    if isStuck.load(ordering: .relaxed) { throw Failure(description: "gnuplot took more than \(timeLimit) s over \(plot.name).gp") }
    guard process.terminationStatus == 0, !svg.isEmpty else {
      let lines = String(decoding: message, as: UTF8.self).split(separator: "\n").map { $0.drop { $0 == " " } }
      throw Failure(description: "gnuplot failed on \(plot.name).gp: \(lines.last { !$0.isEmpty && $0 != "^" } ?? "no message")")
    }
    return String(decoding: svg, as: UTF8.self)
  }
}

import Foundation
import Glibc

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

  /// Each plot as SVG, once for each of `widths` (pixels). One process draws them all: starting it takes longer than a drawing.
  /// - Parameter folder: where the plots' scripts and data have been written.
  /// - Throws: `Failure`; with several plots it may be any one's.
  func svgs(of plots: [Plot], in folder: String, widths: [Int]) throws -> [[String]] {
    let names = plots.map { "\($0.name).gp" }.joined(separator: ", ")
    let svg = try run(
      plots.flatMap { plot in widths.flatMap { ["-e", "reset; WIDTH=\($0); OUTPUT=''", "\(plot.name).gp"] } }, in: folder, names)
    guard !svg.isEmpty else { throw Failure(description: "gnuplot drew nothing from \(names)") }
    // Every drawing begins with an XML declaration.
    let drawings = String(decoding: svg, as: UTF8.self).split(separator: "<?xml").map(String.init)
    guard drawings.count == plots.count * widths.count else {
      throw Failure(description: "gnuplot drew \(drawings.count) instead of \(plots.count * widths.count) pictures from \(names)")
    }
    return plots.indices.map { Array(drawings[$0 * widths.count..<($0 + 1) * widths.count]) }
  }

  /// Each plot as files `NAME.svg` and `NAME.png` beside its script.
  /// - Throws: `Failure`.
  func drawFiles(of plots: [Plot], in folder: String) throws {
    for start in stride(from: 0, to: plots.count, by: Self.batch) {
      let some = plots[start..<min(start + Self.batch, plots.count)]
      let arguments = some.flatMap { plot in
        ["svg", "png"].flatMap { ["-e", "reset; undefine OUTPUT; FORMAT='\($0)'", "\(plot.name).gp"] }
      }
      _ = try run(arguments, in: folder, some.map { "\($0.name).gp" }.joined(separator: ", "))
    }
  }

  /// Plots that one gnuplot draws: enough to make its start a small part of its time, few enough for its time limit.
  static let batch = 16

  /// Runs gnuplot over scripts in their folder.
  /// - Returns: what it wrote to standard output.
  private func run(_ arguments: [String], in folder: String, _ names: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let (output, messages) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = messages
    do { try process.run() } catch { throw Failure(description: "gnuplot could not be started: \(error.localizedDescription)") }

    let (drawn, message, ended) = Self.drain(output, messages, until: .now + .seconds(timeLimit))
    if !ended { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    guard ended else { throw Failure(description: "gnuplot took more than \(timeLimit) s over \(names)") }
    guard process.terminationStatus == 0 else {
      let lines = String(decoding: message, as: UTF8.self).split(separator: "\n").map { $0.drop { $0 == " " } }
      throw Failure(description: "gnuplot failed on \(names): \(lines.last { !$0.isEmpty && $0 != "^" } ?? "no message")")
    }
    return drawn
  }

  /// What comes out of two pipes until both are closed or the time is up. Both are read at once: a full one would block the child.
  private static func drain(_ first: Pipe, _ second: Pipe, until deadline: ContinuousClock.Instant) -> (Data, Data, ended: Bool) {
    var descriptors = [first, second].map { pollfd(fd: $0.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0) }
    var contents = [Data(), Data()]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while descriptors.contains(where: { $0.fd >= 0 }) {
      let left = deadline - .now
      guard left > .zero else { return (contents[0], contents[1], false) }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
      guard poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: milliseconds)) > 0 else { continue }
      for index in descriptors.indices where descriptors[index].revents != 0 {
        let count = read(descriptors[index].fd, &buffer, buffer.count)
        if count > 0 {
          contents[index].append(contentsOf: buffer[..<count])
        } else if count == 0 || errno != EINTR {
          // poll leaves out what is negative.
          descriptors[index].fd = -1
        }
      }
    }
    return (contents[0], contents[1], true)
  }
}

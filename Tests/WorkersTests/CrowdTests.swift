import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

@Suite struct CrowdTests {
  private func stream(_ text: String) -> CollectedStream { CollectedStream(bytes: Array(text.utf8), length: text.utf8.count, firstByte: 1) }

  @Test func `of many answers the first wrong one counts`() {
    let expected = Expectation(output: "yes\n", exitCode: 3)
    let right = [stream("yes\n"), stream("")]
    #expect(CrowdAnswer(right + right, [3, 3], expected) == .init(exitCode: 3, outputBytes: 4, wrong: nil))
    #expect(CrowdAnswer(right + right, [3, 0], expected) == .init(exitCode: 0, outputBytes: 4, wrong: 1))
    #expect(CrowdAnswer(right + [stream("no\n"), stream("")], [3, 3], expected) == .init(exitCode: 3, outputBytes: 3, wrong: 1))
    // Kept in part, but longer than what is right.
    let flood = CollectedStream(bytes: Array("yes\n".utf8), length: 5_000_000, firstByte: 1)
    #expect(CrowdAnswer(right + [flood, stream("")], [3, 3], expected).wrong == 1)
    #expect(CrowdAnswer([stream("anything"), stream("")], [0], Expectation()).wrong == nil)
  }

  @Test func `streams are collected whole, their length known beyond what is kept`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let paths = ["a", "b", "c"].map(scratch.path)
    let collector = try StreamCollector(paths, limit: 10)
    let outcome = try Command("/bin/sh", ["-c", "printf hello >'\(paths[0])'; head -c 300000 /dev/zero >'\(paths[1])'"]).run()
    #expect(outcome.status == 0)
    #expect(collector.finish())
    let streams = collector.streams
    #expect(streams[0].bytes == Array("hello".utf8) && streams[0].length == 5 && streams[0].firstByte != nil)
    #expect(streams[1].bytes == [UInt8](repeating: 0, count: 10) && streams[1].length == 300_000)
    #expect(streams[2] == CollectedStream(), "nobody wrote")
  }

  @Test func `a writer that stays is not waited for longer than asked`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let collector = try StreamCollector([scratch.path("a")], limit: 10)
    let writer = open(scratch.path("a"), O_WRONLY)
    defer { close(writer) }
    #expect(write(writer, "x", 1) == 1)
    #expect(!collector.finish(patience: 0.1))
    #expect(collector.streams[0].bytes == Array("x".utf8))
  }

  @Test func `a FIFO that is there already, or has no folder, is refused`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    #expect(throws: LaunchRefused.self) { _ = try StreamCollector([scratch.path("a"), scratch.path("a")], limit: 1) }
    #expect(throws: LaunchRefused.self) { _ = try InputPipe(scratch.path("none/in"), []) }
  }
}

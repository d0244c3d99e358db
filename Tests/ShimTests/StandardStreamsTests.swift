import Containers
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Shim

@Suite("Standard streams of a container's process")
struct StandardStreamsTests {
  /// As in the shim: what is written to somebody who has gone is an error.
  init() { signal(SIGPIPE, SIG_IGN) }

  private func streams(_ names: StandardStreams.Names) throws(ContainerError) -> StandardStreams {
    try StandardStreams(names, container: "c", namespace: "n", EventLoop(), ShimLog(bundle: ""))
  }

  private func failure(_ names: StandardStreams.Names) -> String {
    do throws(ContainerError) { _ = try streams(names) } catch { return error.description }
    return ""
  }

  private func pipes() throws -> Scratch {
    let scratch = try Scratch()
    for name in ["in", "out", "err"] { #expect(mkfifo(scratch.path(name), 0o600) == 0) }
    return scratch
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `what is not named is nothing`() throws {
    let streams = try streams(.init())
    #expect(streams.forProcess == (-1, -1, -1))
    streams.closeInput()
    streams.report("nobody reads this")
    streams.processEnded()
    streams.close()
  }

  @Test func `pipes are opened whether or not anybody is at their other end`() throws {
    let scratch = try pipes()
    let streams = try streams(.init(input: scratch.path("in"), output: scratch.path("out"), errors: scratch.path("err")))
    // What is written before a client comes is there for it, and a client that goes breaks nothing.
    FileDescriptor.write("early", to: streams.forProcess.output)
    let client = open(scratch.path("out"), O_RDONLY | O_NONBLOCK)
    var buffer = [UInt8](repeating: 0, count: 100)
    #expect(read(client, &buffer, 100) == 5)
    close(client)
    #expect(FileDescriptor.write("late", to: streams.forProcess.output))
    #expect(FileDescriptor.write("error", to: streams.forProcess.errors))
    streams.close()
  }

  @Test func `the client sees the end of the output when the process has ended`() throws {
    let scratch = try pipes()
    let client = open(scratch.path("out"), O_RDONLY | O_NONBLOCK)
    defer { close(client) }
    let streams = try streams(.init(output: scratch.path("out")))
    FileDescriptor.write("all", to: streams.forProcess.output)
    streams.processEnded()
    #expect(streams.forProcess == (-1, -1, -1))
    FileDescriptor.setBlocking(client, true)
    #expect(FileDescriptor.readAll(client) == Array("all".utf8))
    var isDrained = false
    streams.whenDrained { isDrained = true }
    #expect(isDrained)
  }

  @Test func `input ends when containerd says so, after what was written`() throws {
    let scratch = try pipes()
    let streams = try streams(.init(input: scratch.path("in")))
    let client = open(scratch.path("in"), O_WRONLY | O_NONBLOCK)
    FileDescriptor.write("some", to: client)
    close(client)
    var buffer = [UInt8](repeating: 0, count: 100)
    #expect(read(streams.forProcess.input, &buffer, 100) == 4)
    // A client that went away is no end: another may come.
    FileDescriptor.setBlocking(streams.forProcess.input, false)
    #expect(read(streams.forProcess.input, &buffer, 100) == -1 && errno == EAGAIN)
    let second = open(scratch.path("in"), O_WRONLY | O_NONBLOCK)
    FileDescriptor.write("more", to: second)
    close(second)
    streams.closeInput()
    #expect(read(streams.forProcess.input, &buffer, 100) == 4)
    #expect(read(streams.forProcess.input, &buffer, 100) == 0)
    streams.close()
  }

  @Test func `a file is appended to, and the folders above it are made`() throws {
    let scratch = try Scratch()
    let path = scratch.path("logs/of this/c.log")
    let uri = "file://" + path.replacingOccurrences(of: " ", with: "%20")
    for word in ["one\n", "two\n"] {
      let streams = try streams(.init(output: uri, errors: uri))
      FileDescriptor.write(word, to: streams.forProcess.output)
      FileDescriptor.write("e" + word, to: streams.forProcess.errors)
      streams.close()
    }
    #expect(try text(path) == "one\neone\ntwo\netwo\n")
  }

  @Test func `a reason is a line on standard error, or on the terminal`() throws {
    let scratch = try Scratch()
    let names = StandardStreams.Names(output: "file://" + scratch.path("out"), errors: "file://" + scratch.path("err"))
    let separate = try streams(names)
    separate.report("error: why")
    separate.close()
    #expect(try text(scratch.path("err")) == "error: why\n")
    #expect(try text(scratch.path("out")) == "")
    var terminal = names
    terminal.isTerminal = true
    let together = try streams(terminal)
    together.report("error: why")
    together.close()
    #expect(try text(scratch.path("out")) == "error: why\r\n")
  }

  @Test func `a reason does not wait for a client that does not read`() throws {
    let scratch = try pipes()
    let streams = try streams(.init(output: scratch.path("out")))
    FileDescriptor.setBlocking(streams.forProcess.output, false)
    let portion = [UInt8](repeating: 1, count: 4096)
    while write(streams.forProcess.output, portion, portion.count) > 0 {}
    streams.report("error: why")
    streams.close()
  }

  @Test func `what cannot be opened is named, and nothing stays open`() throws {
    let scratch = try pipes()
    let missing = scratch.path("nothing")
    #expect(failure(.init(input: missing)) == "cannot open the standard input \(missing): No such file or directory")
    #expect(failure(.init(output: missing)) == "cannot open the standard output \(missing): No such file or directory")
    #expect(failure(.init(output: scratch.path("out"), errors: missing)).contains(missing))
    #expect(failure(.init(output: "file://" + scratch.folder)).hasPrefix("cannot open the log \(scratch.folder)"))
    #expect(failure(.init(output: "binary:///no/such/program")).contains("/no/such/program"))
    // Nobody holds a pipe of which one could be opened.
    let writer = open(scratch.path("out"), O_WRONLY | O_NONBLOCK)
    #expect(writer == -1 && errno == ENXIO)
  }

  @Test func `URIs are decoded as they were encoded`() {
    #expect(URIText.decoded("/a%20b") == "/a b")
    #expect(URIText.decoded("%2Fx%2fy%C3%A4") == "/x/yä")
    #expect(URIText.decoded("100%") == "100%")
    #expect(URIText.decoded("%zz%1") == "%zz%1")
    #expect(URIText.decoded("%25%") == "%%")
    #expect(URIText.decoded("a+b") == "a+b")
    #expect(URIText.decoded("") == "")
    #expect(URIText.decoded("%+1%-1") == "%+1%-1", "a sign is no digit")
  }

  @Test func `places of texts in texts`() {
    let text = "binary:///p"
    #expect(text.range(of: "://").map { String(text[..<$0.lowerBound]) } == "binary")
    #expect(text.range(of: "://").map { String(text[$0.upperBound...]) } == "/p")
    #expect("a:/b".range(of: "://" as StaticString) == nil)
    #expect("".range(of: "://" as StaticString) == nil)
  }
}

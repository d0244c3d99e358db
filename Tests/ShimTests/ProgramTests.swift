import Containers
import Foundation
import Glibc
import OCI
import TaskAPI
import TestSupport
import Testing

@testable import Shim

/// Programs of the host that the daemon starts: each test runs in a child, because a daemon has one thread and waits for all its children.
@Suite("Programs that the shim starts")
struct ProgramTests {
  /// As in the shim: what is written to somebody who has gone is an error.
  init() { signal(SIGPIPE, SIG_IGN) }

  /// A script of this name in a folder.
  private func script(_ text: String) throws -> (scratch: Scratch, path: String) {
    let scratch = try Scratch()
    let path = scratch.path("program")
    // A process of its own writes it: a child that another test forks meanwhile would hold a file that is written here open, and the kernel
    // executes nothing that somebody can write (ETXTBSY).
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "printf '%s\\n' '#!/bin/sh' \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", text, path]
    try writer.run()
    writer.waitUntilExit()
    try #require(writer.terminationStatus == 0)
    return (scratch, path)
  }

  /// What everything in a daemon works with, in a child.
  private static func context(_ folder: String) -> ShimContext {
    let name = URL(fileURLWithPath: folder).lastPathComponent
    guard let options = try? ShimOptions(["-namespace", name, "-address", folder + "/containerd.sock"]) else { fatalError("good words") }
    let loop = EventLoop()
    let log = ShimLog(bundle: folder)
    return ShimContext(
      options: options, flavour: .wvm, loop: loop, children: Children(loop),
      publisher: EventPublisher(loop, address: folder + "/none", namespace: options.namespace, log: log), log: log)
  }

  // MARK: Children

  @Test func `each child's end is told to whoever expects it`() {
    let said = Child.text {
      let loop = EventLoop()
      let children = Children(loop)
      let first = Child.start { 7 }
      let second = Child.start {
        signal(SIGUSR1, SIG_DFL)
        kill(getpid(), SIGUSR1)
        return 0
      }
      var ends: [String] = []
      func note(_ name: String) -> (Children.Ending) -> Void {
        {
          ends.append("\(name) \($0.status)")
          if ends.count == 2 { loop.end() }
        }
      }
      children.expect(first, note("first"))
      children.expect(second, note("second"))
      loop.run()
      return ends.sorted().joined(separator: ", ")
    }
    #expect(said == "first 7, second \(128 + SIGUSR1)")
  }

  @Test func `an orphan that ended before anybody knew its number is kept`() {
    let said = Child.text {
      let loop = EventLoop()
      let children = Children(loop)
      children.beginAdoption()
      let early = (1...70).map { code in Child.start { Int32(code) } }
      loop.after(milliseconds: 300) { loop.end() }
      loop.run()
      var codes: [UInt32] = []
      for child in early.suffix(5) { children.expectAdopted(child) { codes.append($0.status) } }
      return "\(codes)"
    }
    // All have ended by then; the order in which they did is their own.
    #expect(said == "[66, 67, 68, 69, 70]")
  }

  @Test func `a program that cannot be executed is named, and leaves no child`() {
    let said = Child.text {
      do throws(ContainerError) { _ = try Program(path: "/no/such/program", arguments: ["x"]).start() } catch {
        return "\(error); \(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD)"
      }
      return "started"
    }
    #expect(said == "cannot execute /no/such/program: No such file or directory; true")
  }

  @Test func `a program gets its descriptors and nothing else`() throws {
    let (scratch, path) = try script("ls /proc/$$/fd | sort -n | tr '\\n' ' ' >&4; echo \"$# $1 [$A] $(pwd)\" >&4")
    let said = Child.text {
      guard let pipe = Linux.makePipe() else { return "no pipe" }
      // The lowest free number from 50 on: 50 itself may be one of the pipe's, in a process with many tests.
      _ = fcntl(open("/dev/null", O_RDONLY), F_DUPFD_CLOEXEC, 50)
      let program = Program(
        path: path, arguments: ["program", "a b"], environment: ["A=é", "PATH=/bin:/usr/bin"], descriptors: [-1, -1, -1, -1, pipe.write],
        folder: scratch.folder)
      do throws(ContainerError) { waitpid(try program.start(), nil, 0) } catch { return error.description }
      close(pipe.write)
      return String(decoding: FileDescriptor.readAll(pipe.read) ?? [], as: UTF8.self)
    }
    let lines = said.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
    #expect(Array(lines.prefix(5)) == ["0", "1", "2", "3", "4"], "\(said)")
    #expect(said.hasSuffix("1 a b [é] \(scratch.folder)\n"), "\(said)")
  }

  // MARK: Hooks

  private func hook(_ path: String, _ arguments: [String] = [], timeout: Int? = nil) -> RuntimeSpec.Hook {
    RuntimeSpec.Hook(path: path, args: arguments, env: ["WORD=value", "PATH=/bin:/usr/bin"], timeout: timeout)
  }

  /// How a hook ended, beside an event loop.
  private func outcome(_ hook: RuntimeSpec.Hook, in folder: String) -> String {
    Child.text {
      let context = Self.context(folder)
      var said = "no answer"
      HookProgram(hook).run(HookProgram.state(id: "c", status: "created", process: 9, bundle: "/b", annotations: []), context) {
        said = $0?.description ?? "success"
        context.loop.end()
      }
      if said == "no answer" { context.loop.run() }
      return said
    }
  }

  @Test func `a hook reads the container's state`() throws {
    let (scratch, path) = try script("cat > \"$(dirname $0)/state\"; echo $WORD $1 >> \"$(dirname $0)/state\"")
    #expect(outcome(hook(path, [path, "argument"]), in: scratch.folder) == "success")
    let text = try String(contentsOfFile: scratch.path("state"), encoding: .utf8)
    #expect(
      text.contains(#""id":"c""#) && text.contains(#""status":"created""#) && text.contains(#""pid":9"#) && text.contains(#""bundle":"/b""#)
    )
    #expect(text.hasSuffix("value argument\n"))
  }

  @Test func `a hook that fails says why`() throws {
    let (scratch, path) = try script("echo first line >&2; echo second >&2; exit 3")
    #expect(outcome(hook(path), in: scratch.folder) == "the hook \(path) ended with status 3: first line")
    let (other, silent) = try script("exit 1")
    #expect(outcome(hook(silent), in: other.folder) == "the hook \(silent) ended with status 1")
    #expect(outcome(hook("/no/such/hook"), in: other.folder) == "cannot execute /no/such/hook: No such file or directory")
  }

  @Test func `a hook that takes too long is killed`() throws {
    let (scratch, path) = try script("exec sleep 100")
    #expect(outcome(hook(path, timeout: 1), in: scratch.folder) == "the hook \(path) ended with status 137")
  }

  @Test func `neither a long state that nobody reads nor a hook that complains at length holds anybody up`() throws {
    let (scratch, path) = try script("head -c 300000 /dev/zero | tr '\\0' x >&2; exit 4")
    let said = Child.text {
      let state = String(repeating: "x", count: 300_000)
      let hook = HookProgram(RuntimeSpec.Hook(path: path, env: ["PATH=/usr/bin:/bin"]))
      do throws(ContainerError) { try hook.runInside(state: state) } catch { return String(error.description.prefix(80)) }
      return "success"
    }
    #expect(said.hasPrefix("the hook \(path) failed: ".prefix(80)))
    withExtendedLifetime(scratch) {}
  }

  @Test func `a hook inside a container that takes too long is killed`() throws {
    let (scratch, path) = try script("exec sleep 100")
    let said = Child.text {
      do throws(ContainerError) { try HookProgram(RuntimeSpec.Hook(path: path, timeout: 1)).runInside(state: "{}") } catch {
        return error.description
      }
      return "success"
    }
    #expect(said == "the hook \(path) failed: ")
    withExtendedLifetime(scratch) {}
  }

  @Test func `a hook inside a container is waited for`() throws {
    let (scratch, path) = try script("echo no >&2; exit 2")
    let said = Child.text {
      do throws(ContainerError) { try HookProgram(RuntimeSpec.Hook(path: path)).runInside(state: "{}") } catch { return error.description }
      return "success"
    }
    #expect(said == "the hook \(path) failed: no")
    withExtendedLifetime(scratch) {}
  }

  // MARK: Logging programs

  /// What a test sees of a logging program that was given two words of output.
  private func logged(_ uri: String) -> String {
    Child.text {
      let logger: LogProgram
      do throws(ContainerError) { logger = try LogProgram(uri, container: "c1", namespace: "space") } catch { return error.description }
      var byte: UInt8 = 0
      let readiness = read(logger.ready, &byte, 1)
      FileDescriptor.write("to output\n", to: logger.output)
      FileDescriptor.write("to errors\n", to: logger.errors)
      close(logger.output)
      close(logger.errors)
      logger.closeOurEnds()
      var status: Int32 = 0
      waitpid(logger.process, &status, 0)
      return "\(readiness) \(logger.demandsByte) \(status >> 8)"
    }
  }

  @Test func `a logging program gets the output, the errors and who it is for`() throws {
    let (scratch, path) = try script(
      """
      exec 5>&-
      folder=$(/usr/bin/dirname $0)
      /bin/cat <&3 > $folder/log; /bin/cat <&4 >> $folder/log
      echo "$CONTAINER_ID $CONTAINER_NAMESPACE $*" >> $folder/log
      """)
    #expect(logged("binary://\(path)?key=a%20value&flag&empty=") == "0 false 0")
    let text = try String(contentsOfFile: scratch.path("log"), encoding: .utf8)
    #expect(text == "to output\nto errors\nc1 space key a value flag empty\n")
  }

  @Test func `a logging program of the second version says a byte`() throws {
    let (scratch, path) = try script("printf x >&5; exec 5>&-; /bin/cat <&3 >/dev/null; /bin/cat <&4 > /dev/null; exit 4")
    #expect(logged("binary-v2://\(path)") == "1 true 4")
    withExtendedLifetime(scratch) {}
  }

  @Test func `a logging program that ends early is noticed`() throws {
    let (scratch, path) = try script("exit 9")
    #expect(logged("binary-v2://\(path)") == "0 true 9")
    #expect(logged("binary:///no/such/logger") == "cannot execute /no/such/logger: No such file or directory")
    withExtendedLifetime(scratch) {}
  }

  @Test func `streams of a logging program end with the container`() throws {
    let (scratch, path) = try script("exec 5>&-; /bin/cat <&3 > $(/usr/bin/dirname $0)/log; exit 0")
    let said = Child.text {
      let streams: StandardStreams
      do throws(ContainerError) {
        streams = try StandardStreams(
          .init(output: "binary://\(path)"), container: "c", namespace: "n", EventLoop(), ShimLog(bundle: ""))
      } catch { return error.description }
      guard let logger = streams.loggerToAwait else { return "no logger" }
      FileDescriptor.write("words", to: streams.forProcess.output)
      streams.processEnded()
      var status: Int32 = 0
      waitpid(logger.process, &status, 0)
      return "ended \(status)"
    }
    #expect(said == "ended 0")
    #expect(try String(contentsOfFile: scratch.path("log"), encoding: .utf8) == "words")
  }

  // MARK: runc

  static let canRunc = getuid() == 0 && access(HostPrograms.find("runc"), X_OK) == 0 && (try? CgroupLayout.detect()) != nil

  @Test(.enabled(if: canRunc, "needs root and runc")) func `what runc has against it is told in its own words`() throws {
    let scratch = try Scratch()
    try Data(#"{"ociVersion":"1.0.2","process":{"args":["/x"],"cwd":"/"},"root":{"path":"rootfs"},"linux":{}}"#.utf8)
      .write(to: URL(fileURLWithPath: scratch.path("config.json")))
    let name = URL(fileURLWithPath: scratch.folder).lastPathComponent
    defer { rmdir(Runc.root(name)) }
    let said = Child.text {
      let context = Self.context(scratch.folder)
      var request = CreateTaskRequest()
      (request.id, request.bundle) = (name, scratch.folder)
      var said = ""
      do throws(ContainerError) {
        let container = try Container(request, context, try CgroupLayout.detect())
        Runc(container).start { error in
          said = error?.description ?? "success"
          context.loop.end()
        }
        if said.isEmpty { withExtendedLifetime(container) { context.loop.run() } }
      } catch { return error.description }
      return said
    }
    #expect(said.hasPrefix("runc: ") && said.contains("does not exist"), "\(said)")
  }
}

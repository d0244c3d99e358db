import Foundation
import Glibc
import TestSupport
import Testing
import VM
import WASI

@testable import Hosts

/// A whole guest (Guests/escape.c) that tries everything to get out of its folder, with openat2 and with the walk that takes its place.
@Suite("A guest that tries to get out")
struct EscapeTests {
  static let resolvers = [false, true]

  /// The folder `inside`, which is the guest's, and `outside` beside it, which nobody may touch.
  private final class Prison {
    private let scratch: Scratch
    private let walks: Bool
    var inside: String { scratch.path("inside") }
    var outside: String { scratch.path("outside") }
    private var before: [String] = []

    init(walks: Bool) throws {
      self.walks = walks
      scratch = try Scratch()
      for folder in [inside, inside + "/dir", inside + "/dir/deep", inside + "/real", outside, outside + "/only-outside"] {
        mkdir(folder, 0o755)
      }
      for (path, content) in [
        (inside + "/own", "own"), (inside + "/own-too", "own"), (inside + "/dir/file", "inner"), (inside + "/real/secret", "inner"),
        (outside + "/secret", "OUTSIDE secret"), (outside + "/only-outside/secret", "OUTSIDE too"),
      ] {
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      }
      // Links that lead out: relative, absolute, chained, to itself, to the kernel's own.
      for (content, path) in [
        ("..", "up"), (outside, "absolute"), (outside + "/secret", "absolute-file"), ("../outside/secret", "up-file"),
        ("dir/chained", "chain"), ("../../outside", "dir/chained"), ("up-file", "chain-file"), ("..", "dir/back"),
        ("../../../outside", "dir/deep/out"), ("/proc/self/root", "magic"), ("/proc", "proc"), ("/proc/self/cwd", "cwd"), ("loop", "loop"),
        ("../outside", "bad"),
      ] {
        #expect(symlink(content, inside + "/" + path) == 0)
      }
      // The moment the guest knows what is outside by. Access is older than change, so that a mount with relatime notes a first access.
      for path in [outside + "/secret", outside + "/only-outside/secret", outside + "/only-outside", outside, scratch.folder] {
        let times = [timespec(tv_sec: 999_999_999, tv_nsec: 0), timespec(tv_sec: 1_000_000_007, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
      }
      before = snapshot()
    }

    /// All there is to know of what is outside but the contents: names, attributes with all three times, and the numbers of links.
    func snapshot() -> [String] {
      let paths = ["", "/outside"] + (FileManager.default.subpaths(atPath: outside) ?? []).sorted().map { "/outside/" + $0 }
      return paths.map { path in
        var status = stat()
        guard lstat(scratch.folder + path, &status) == 0 else { return "\(path): gone" }
        let times = [status.st_atim, status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }
        return "\(path): \(status.st_mode) \(status.st_uid) \(status.st_size) \(status.st_nlink) \(status.st_ino) \(times)"
      }
    }

    /// Files outside as they are; reading them changes their access time, so this comes last.
    func contents() -> [String] {
      ["/secret", "/only-outside/secret"].map { (try? String(contentsOfFile: outside + $0, encoding: .utf8)) ?? "gone" }
    }

    /// Runs the guest with these arguments; what it wrote, and its exit code.
    func run(_ arguments: [String]) throws -> (output: String, code: Int32) {
      // Elsewhere: a new file beside the folder would be a change outside.
      let elsewhere = try Scratch()
      let path = elsewhere.path("output")
      let output = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(output) }
      let configuration = WASIHost.Configuration()
      configuration.arguments = List(["escape"].map { List($0.utf8) } + arguments.map { List($0.utf8) })
      configuration.folders = [WASIHost.Folder(host: List(inside.utf8), guest: List("inside".utf8))]
      configuration.standardStreams = [open("/dev/null", O_RDONLY | O_CLOEXEC), output, output]
      configuration.walksPaths = walks
      defer { close(configuration.standardStreams[0]) }
      let module = Checkout.top + "/Tests/HostsTests/Guests/escape.wasm"
      let command = try module.withCString { try WASICommand(path: $0, export: nil, configuration: configuration, memoryBudget: nil) }
      guard case .exit(let code) = command.run() else {
        Issue.record("the guest trapped")
        return ("", -1)
      }
      return (try String(contentsOfFile: path, encoding: .utf8), code)
    }

    /// The guest says that it found no way out, and outside nothing has changed.
    func expectNothing(_ result: (output: String, code: Int32), atLeast attempts: Int, succeeding successes: Int) {
      #expect(result.code == 0 && !result.output.contains("ESCAPE"), "\(result.output.suffix(2000))")
      let numbers = result.output.split(separator: "\n").last?.split(separator: " ").compactMap { Int($0) } ?? []
      #expect(numbers.count == 3 && numbers[0] >= attempts && numbers[1] >= successes, "\(result.output.suffix(200))")
      #expect(snapshot() == before)
      #expect(contents() == ["OUTSIDE secret", "OUTSIDE too"])
    }
  }

  /// Ways out. Links of the folder itself come last: the guest may remove those, and does.
  private static let escapes = [
    "..", "../", "../..", "../outside", "../outside/secret", "dir/../../outside/secret", "./../outside/secret",
    "dir/./../..//outside/secret", "/etc/passwd", "/", "//", "/proc/self/root/etc/passwd", "up/outside/secret", "up/..", "absolute/secret",
    "chain/secret", "chain/only-outside/secret", "dir/../up/outside/secret", "dir/back/../outside/secret", "dir/deep/out/secret",
    "magic/etc/passwd", "magic/tmp", "proc/self/status", "proc/self/fd/0", "proc/self/environ", "cwd/Package.swift",
    "dir/../dir/../dir/../../outside/secret", "up/up/up/outside/secret", "bad/secret", "bad/new/er", "chain-file", "up-file",
    "absolute-file",
  ]

  @Test(arguments: resolvers) func `reads, lists and measures nothing outside`(walks: Bool) throws {
    let prison = try Prison(walks: walks)
    prison.expectNothing(try prison.run(["look"] + Self.escapes), atLeast: 200, succeeding: 0)
  }

  @Test(arguments: resolvers) func `makes, changes, moves and removes nothing outside`(walks: Bool) throws {
    let prison = try Prison(walks: walks)
    prison.expectNothing(try prison.run(["change"] + Self.escapes), atLeast: 700, succeeding: 0)
  }

  @Test(arguments: resolvers) func `finds no way out by a thousand random paths`(walks: Bool) throws {
    for seed in 1...5 {
      let prison = try Prison(walks: walks)
      prison.expectNothing(try prison.run(["random", "\(seed)", "250"]), atLeast: 2000, succeeding: 100)
    }
  }

  @Test(arguments: resolvers) func `finds no way out while folders become links under its hands`(walks: Bool) throws {
    let prison = try Prison(walks: walks)
    symlink("absolute", prison.inside + "/worse")
    let swapper = Swapper(prison.inside, ["real", "bad", "worse"])
    let result = Result { try prison.run(["swap", "400"]) }
    swapper.stop()
    prison.expectNothing(try result.get(), atLeast: 4000, succeeding: 100)
  }

  @Test(arguments: resolvers) func `gets nowhere with descriptors and texts that are not what they should be`(walks: Bool) throws {
    let prison = try Prison(walks: walks)
    prison.expectNothing(try prison.run(["tricks"]), atLeast: 1000, succeeding: 3)
  }

  /// What the other tests rest on: the guest notices what comes from outside, and the snapshot notices what was done there.
  @Test(arguments: resolvers) func `is found out where there is a way`(walks: Bool) throws {
    let prison = try Prison(walks: walks)
    let before = prison.snapshot()
    #expect(link(prison.outside + "/secret", prison.inside + "/dir/leak") == 0)
    #expect(rename(prison.outside + "/only-outside", prison.inside + "/dir/leaked") == 0)
    #expect(prison.snapshot() != before)
    let seen = try prison.run(["look", "dir/leak", "dir/leaked"])
    #expect(seen.code == 1)
    for escape in ["attributes dir/leak", "read dir/leak", "hard link dir/leak", "open dir/leaked", "attributes dir/leaked"] {
      #expect(seen.output.contains("ESCAPE \(escape)\n"), "\(seen.output)")
    }
    let leaked = prison.snapshot()
    let changed = try prison.run(["change", "dir/leak"])
    #expect(changed.output.contains("ESCAPE open for writing dir/leak\n"))
    #expect(prison.snapshot() != leaked)
    #expect(prison.contents()[0] != "OUTSIDE secret")
  }
}

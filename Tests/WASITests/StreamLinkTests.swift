import Glibc
import Testing

@testable import WASI

/// `/dev/stdout` and its like, which images bring: links to the process's own open files.
@Suite("Links to standard streams")
struct StreamLinkTests {
  static let resolvers = SandboxTests.resolvers
  static let reading = Rights.fdRead.rawValue
  static let writing = Rights.fdWrite.rawValue

  /// A guest whose streams are pipes, in a folder with the links of a container's `/dev`.
  private final class Piped {
    let guest: TestGuest
    private var ends: [Int32] = []
    var input: Int32 { ends[1] }
    func output(_ stream: Int) -> Int32 { ends[2 * stream] }

    init(walks: Bool, name: String = "/") throws {
      var ends: [Int32] = []
      for _ in 0..<3 {
        var pair: [Int32] = [-1, -1]
        guard pipe(&pair) == 0, fcntl(pair[0], F_SETFL, O_NONBLOCK) == 0 else { throw Errno.last }
        ends += pair
      }
      self.ends = ends
      guest = try TestGuest(walks: walks, name: name) { $0.standardStreams = [ends[0], ends[3], ends[5]] }
      mkdir(guest.inside + "/dev", 0o755)
      mkdir(guest.inside + "/log", 0o755)
      for (link, target) in [
        ("dev/stdin", "/proc/self/fd/0"), ("dev/stdout", "/proc/self/fd/1"), ("dev/stderr", "/proc/self/fd/2"), ("dev/fd", "/proc/self/fd"),
        ("log/access", "/dev/stdout"), ("log/errors", "../dev/stderr"), ("third", "/proc/self/fd/3"), ("relative", "proc/self/fd/1"),
        ("other", "/proc/1/fd/1"), ("below", "/proc/self/fd/1/x"),
      ] where symlink(target, guest.inside + "/" + link) != 0 { throw Errno.last }
    }

    deinit { for end in ends { close(end) } }

    func read(_ stream: Int) -> String {
      var buffer = [UInt8](repeating: 0, count: 100)
      let count = Glibc.read(output(stream), &buffer, buffer.count)
      return count < 0 ? "" : String(decoding: buffer[..<count], as: UTF8.self)
    }
  }

  @Test(arguments: resolvers) func `open what the guest has already`(walks: Bool) throws {
    let piped = try Piped(walks: walks)
    let guest = piped.guest
    let dev = try guest.open("dev", .directory, rights: 0).get()
    for (path, stream) in [("dev/stdout", 1), ("dev/stderr", 2), ("dev/fd/1", 1), ("dev/fd/2", 2), ("log/access", 1), ("log/errors", 2)] {
      let file = try guest.open(path, [.create, .truncate], rights: Self.writing, follow: true, state: .append).get()
      #expect(guest.write(file, path).errno == .success)
      #expect(piped.read(stream) == path)
      #expect(guest.read(file).errno == .badf)
      try guest.succeed("fd_close", file)
    }
    #expect(guest.open("stdout", rights: Self.writing, follow: true, in: dev).errno == .success)
    #expect(guest.write(1, "still open").errno == .success)
    #expect(write(piped.input, "input", 5) == 5)
    let input = try guest.open("dev/stdin", rights: Self.reading, follow: true).get()
    #expect(try guest.read(input).get() == "input")
    #expect(guest.call("fd_prestat_get", input, 0) == .badf)
  }

  @Test(arguments: resolvers) func `give nothing that the guest has not`(walks: Bool) throws {
    let piped = try Piped(walks: walks)
    let guest = piped.guest
    #expect(guest.open("dev/stdout", rights: Self.reading, follow: true).errno == .acces)
    #expect(guest.open("dev/stdin", rights: TestGuest.readWrite, follow: true).errno == .acces)
    #expect(guest.open("dev/stdout", .directory, rights: 0, follow: true).errno == .notdir)
    #expect(guest.open("dev/stdout", [.create, .exclusive], follow: true).errno == .exist)
    #expect(guest.open("dev/stdout", rights: Self.writing).errno == .loop)
    #expect(guest.stat("dev/stdout", follow: true).errno == .loop)
    #expect(try guest.readLink("dev/stdout").get() == "/proc/self/fd/1")
    for path in ["third", "relative", "other", "below", "dev/fd/3", "dev/fd/01", "dev/fd/1/x", "dev/stdout/", "dev/stdout/x", "dev/fd"] {
      #expect(guest.open(path, rights: Self.writing, follow: true).errno == .noent, "\(path)")
    }
    // What was closed or narrowed stays so, and what took its place is what is opened.
    try guest.succeed("fd_fdstat_set_rights", 2, 0, 0)
    #expect(guest.open("dev/stderr", rights: Self.writing, follow: true).errno == .acces)
    try guest.succeed("fd_renumber", try guest.open("file", .create).get(), 2)
    #expect(try guest.write(guest.open("dev/stderr", rights: Self.writing, follow: true).get(), "text").get() == 4)
    #expect(TestGuest.contents(of: guest.inside + "/file") == "text")
    try guest.succeed("fd_close", 1)
    #expect(guest.open("dev/stdout", rights: Self.writing, follow: true).errno == .noent)
    #expect(piped.read(1).isEmpty && piped.read(2).isEmpty)
  }

  @Test(arguments: resolvers) func `mean nothing in folders of other names`(walks: Bool) throws {
    let guest = try Piped(walks: walks, name: "/dev").guest
    for path in ["dev/stdout", "dev/fd/1", "log/access"] {
      #expect(guest.open(path, rights: Self.writing, follow: true).errno == .perm, "\(path)")
    }
  }

  @Test(.enabled(if: ProcessFilesTests.isThere, "there is no /proc here"), arguments: resolvers)
  func `are no way to other open files`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks) { $0.folders = [WASIHost.Folder(host: "/", guest: "/")] }
    let secret = open(guest.outside + "/secret", O_RDONLY | O_CLOEXEC)
    defer { close(secret) }
    let inside = String(guest.inside.dropFirst()) + "/"
    #expect(symlink("/proc/self/fd", guest.inside + "/fd") == 0)
    #expect(symlink("/proc/self/fd/\(secret)", guest.inside + "/secret") == 0)
    for path in ["secret", "fd/\(secret)"] {
      #expect(guest.open(inside + path, rights: Self.reading, follow: true).errno == .loop, "\(path)")
    }
  }
}

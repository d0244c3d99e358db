import Glibc
import Testing

@testable import WASI

/// A guest that has been given the kernel's process file system must not get at the process that runs it.
@Suite("Process files")
struct ProcessFilesTests {
  static let isThere = access("/proc/self/status", R_OK) == 0
  static let reading = Rights.fdRead.rawValue
  static let writing = Rights.fdWrite.rawValue
  static let waysToOpen = [reading, writing, TestGuest.readWrite]

  private func guest(walks: Bool, folder: String = "/proc") throws -> TestGuest {
    try TestGuest(walks: walks) { $0.folders = [WASIHost.Folder(host: folder, guest: "/proc")] }
  }

  @Test(.enabled(if: isThere, "there is no /proc here"), arguments: SandboxTests.resolvers)
  func `no path opens a process's memory`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    let me = getpid()
    for path in ["\(me)/mem", "\(me)/task/\(me)/mem", "\(me)/../\(me)/./mem", "self/mem", "thread-self/mem", "1/mem"] {
      for rights in Self.waysToOpen {
        let outcome = guest.open(path, rights: rights, follow: true).errno
        #expect(outcome == .acces || outcome == .perm && path.hasPrefix("1/"), "\(path) \(rights): \(outcome)")
      }
    }
  }

  @Test(.enabled(if: isThere, "there is no /proc here"), arguments: SandboxTests.resolvers)
  func `no directory opened before opens it either`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    let me = getpid()
    for folder in ["self", "\(me)", "\(me)/task/\(me)"] {
      let directory = try guest.open(folder, .directory, rights: 0, follow: true).get()
      for rights in Self.waysToOpen { #expect(guest.open("mem", rights: rights, in: directory).errno == .acces, "\(folder)") }
    }
    // A preopened folder of the process itself.
    let own = try self.guest(walks: walks, folder: "/proc/self")
    #expect(own.open("mem").errno == .acces)
    #expect(own.open("task/\(me)/mem", rights: Self.reading).errno == .acces)
  }

  @Test(.enabled(if: isThere, "there is no /proc here"), arguments: SandboxTests.resolvers)
  func `a link by another name does not help`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks) { $0.folders = [WASIHost.Folder(host: "/", guest: "/")] }
    let inside = String(guest.inside.dropFirst())
    let up = String(repeating: "../", count: inside.split(separator: "/").count)
    for (name, target) in [("harmless", "proc/self/mem"), ("notes", "proc/\(getpid())/mem")] {
      #expect(symlink(up + target, guest.inside + "/" + name) == 0)
      for rights in Self.waysToOpen { #expect(guest.open(inside + "/" + name, rights: rights, follow: true).errno == .acces, "\(name)") }
    }
  }

  @Test(.enabled(if: isThere, "there is no /proc here"), arguments: SandboxTests.resolvers)
  func `nothing of a process is opened for writing`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    for name in ["comm", "oom_score_adj", "coredump_filter", "clear_refs", "setgroups", "timerslack_ns"] {
      for rights in [Self.writing, TestGuest.readWrite] {
        let outcome = guest.open("self/" + name, rights: rights, follow: true).errno
        #expect(outcome == .acces || outcome == .noent, "\(name): \(outcome)")
      }
    }
    #expect(guest.open("self/comm", .truncate, rights: Self.writing, follow: true).errno == .acces)
  }

  @Test(.enabled(if: isThere, "there is no /proc here"), arguments: SandboxTests.resolvers)
  func `what is no secret is read, and settings are settings`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    for path in ["meminfo", "cpuinfo", "self/status", "self/maps", "self/environ", "sys/kernel/ostype"] {
      let file = guest.open(path, rights: Self.reading, follow: true)
      #expect(file.errno == .success, "\(path)")
      if case .success(let file) = file { #expect(try !guest.read(file).get().isEmpty, "\(path)") }
    }
    if access("/proc/sys/kernel/domainname", W_OK) == 0 {
      #expect(guest.open("sys/kernel/domainname", rights: Self.writing).errno == .success)
    }
    if access("/proc/kcore", R_OK) == 0 { #expect(guest.open("kcore", rights: Self.reading).errno == .acces) }
  }

  @Test(arguments: SandboxTests.resolvers) func `names alone forbid nothing`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    mkdir(guest.inside + "/self", 0o755)
    _ = try guest.open("self/mem", .create).get()
    #expect(guest.open("self/mem").errno == .success)
  }
}

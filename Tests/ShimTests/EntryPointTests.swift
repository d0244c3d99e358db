import Containers
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Shim

@Suite("What a container is to run")
struct EntryPointTests {
  /// A folder with a module, a program, a script and something else.
  private func folder() throws -> Scratch {
    let scratch = try Scratch()
    mkdir(scratch.path("bin"), 0o755)
    mkdir(scratch.path("folder.wasm"), 0o755)
    let files: [(String, [UInt8])] = [
      ("m.wasm", [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]), ("bin/tool", [0x7F, 0x45, 0x4C, 0x46, 2]), ("bin/script", Array("#!/bin/sh\n".utf8)),
      ("text", Array("hello".utf8)), ("empty", []), ("short", [0, 0x61]), ("bin/m.wasm", [0, 0x61, 0x73, 0x6D]),
      ("hash#tag", [0, 0x61, 0x73, 0x6D]),
    ]
    for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: scratch.path(name))) }
    return scratch
  }

  private func entry(_ word: String, in folder: String, _ environment: [String] = []) -> Result<EntryPoint, ContainerError> {
    do throws(ContainerError) { return .success(try EntryPoint(word, workingFolder: folder, environment: environment)) } catch {
      return .failure(error)
    }
  }

  private func message(_ word: String, in folder: String, _ environment: [String] = []) -> String {
    if case .failure(let error) = entry(word, in: folder, environment) { error.description } else { "" }
  }

  @Test func `finds a module by its path`() throws {
    let scratch = try folder()
    for (word, working) in [
      (scratch.path("m.wasm"), "/"), ("./m.wasm", scratch.folder), ("bin/../m.wasm", scratch.folder), ("./m.wasm", scratch.folder + "/"),
      ("../m.wasm", scratch.path("bin")),
    ] {
      let found = try entry(word, in: working).get()
      #expect(found.kind == .module && found.export == nil, "\(word)")
      #expect(access(found.path, R_OK) == 0)
    }
  }

  @Test func `a name alone is looked for along PATH, then in the working folder`() throws {
    let scratch = try folder()
    let path = "PATH=/nothing:\(scratch.path("bin"))"
    #expect(try entry("m.wasm", in: scratch.folder, [path]).get().path == scratch.path("bin/m.wasm"))
    #expect(try entry("m.wasm", in: scratch.folder, ["PATH=/nothing"]).get().path == scratch.path("m.wasm"))
    #expect(try entry("m.wasm", in: scratch.folder).get().path == scratch.path("m.wasm"))
    // The last one counts, as for a process.
    #expect(try entry("tool", in: "/", ["PATH=/nothing", path]).get().kind == .native)
    #expect(message("tool", in: "/", [path, "PATH=/nothing"]).hasPrefix("cannot find tool in the container"))
    #expect(message("tool", in: scratch.folder, ["PATHS=\(scratch.path("bin"))"]).hasPrefix("cannot find tool"))
    // A folder of that name is none.
    #expect(message("folder.wasm", in: scratch.folder, [path]).hasPrefix("cannot find folder.wasm"))
  }

  @Test func `a function is named behind the file`() throws {
    let scratch = try folder()
    let found = try entry("./m.wasm#run", in: scratch.folder).get()
    #expect(found.path.hasSuffix("/m.wasm") && found.export == "run")
    #expect(try entry("./m.wasm#", in: scratch.folder).get().export == "")
    #expect(try entry("./hash#tag#f", in: scratch.folder).get().export == "f")
    let whole = try entry("./hash#tag", in: scratch.folder).get()
    #expect(whole.path.hasSuffix("/hash#tag") && whole.export == nil)
    #expect(message("./m#.wasm", in: scratch.folder).hasPrefix("cannot find ./m in the container"))
  }

  @Test func `programs and scripts of the machine are told from modules`() throws {
    let scratch = try folder()
    #expect(try entry("bin/tool", in: scratch.folder).get().kind == .native)
    #expect(try entry("bin/script", in: scratch.folder).get().kind == .native)
  }

  @Test func `what may be executed and not read is the machine's`() throws {
    let scratch = try folder()
    chmod(scratch.folder, 0o755)
    chmod(scratch.path("bin/tool"), 0o711)
    chmod(scratch.path("m.wasm"), 0o600)
    let said = Child.text {
      guard setuid(1234) == 0 || geteuid() != 0 else { return "errno \(errno)" }
      var words: [String] = []
      for name in ["bin/tool", "m.wasm"] {
        switch entry("./" + name, in: scratch.folder) {
        case .success(let found): words.append("\(found.kind)")
        case .failure(let error): words.append(error.description.hasSuffix("Permission denied") ? "denied" : error.description)
        }
      }
      return words.joined(separator: " ")
    }
    #expect(said == (geteuid() == 0 ? "native denied" : "native module"))
  }

  @Test(arguments: ["text", "empty", "short"]) func `what is neither is named`(name: String) throws {
    let scratch = try folder()
    let message = message("./" + name, in: scratch.folder)
    #expect(message.hasSuffix("/\(name) is neither a WebAssembly module nor a program of this machine: check the image's entrypoint"))
  }

  @Test func `says what is missing`() throws {
    #expect(message("", in: "/") == "the image names no program: give it an entrypoint or a command")
    let missing = "cannot find /no/such.wasm in the container: no such file or directory: check the image's entrypoint or the command"
    #expect(message("/no/such.wasm", in: "/") == missing)
  }

  @Test func `a pipe by that name keeps nobody waiting`() throws {
    let scratch = try folder()
    mkfifo(scratch.path("pipe"), 0o600)
    #expect(message("./pipe", in: scratch.folder).hasPrefix("cannot find ./pipe"))
  }
}

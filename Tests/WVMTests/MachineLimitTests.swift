import Foundation
import TestSupport
import Testing

/// What the machine may lack: an old processor, no room in the address space.
@Suite("wvm on a poor machine")
struct MachineLimitTests {
  private static let emulator = Command.find("qemu-x86_64-static") ?? Command.find("qemu-x86_64")

  @Test(
    .enabled(if: emulator != nil, "needs qemu-x86_64 (Debian's package qemu-user-static)"), arguments: ["Nehalem", "max,avx2=off,bmi1=off"])
  func `says what an older processor lacks`(processor: String) throws {
    for arguments in [["run", Checkout.guests + "/hello.wasm"], ["validate", Checkout.guests + "/hello.wasm"], ["--version"]] {
      let outcome = try Command(try #require(Self.emulator), ["-cpu", processor, WVMTests.program] + arguments).run()
      #expect(outcome.status == 69)
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("error: this processor lacks ") && outcome.errors.contains("AVX2, BMI1"), "\(outcome.errors)")
      #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
    }
  }

  @Test(.enabled(if: emulator != nil, "needs qemu-x86_64 (Debian's package qemu-user-static)"))
  func `runs on an emulated processor that has what it needs`() throws {
    let outcome = try Command(try #require(Self.emulator), ["-cpu", "max", WVMTests.program, "run", Checkout.guests + "/hello.wasm"]).run()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// The release build beside the tests' own: a debug build's shared run-time library ends the process in its own way when the heap is full.
  private static let releaseProgram = Checkout.top + "/.build/release/wvm"

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: releaseProgram), "needs the release build: swift build -c release --product wvm"))
  func `runs properly or says in one line that there is no memory`() throws {
    let guests = [("hello", []), ("crunch", []), ("files", ["/", "5"])]
    for (guest, arguments) in guests {
      let complete = try limited(kibibytes: nil, guest, arguments)
      #expect(complete.status == 0)
      var (successes, refusals) = (0, 0)
      // From what the executable itself takes (the kernel kills what does not fit) to plenty.
      for kibibytes in stride(from: 16_000, through: 36_000, by: 250) {
        let outcome = try limited(kibibytes: kibibytes, guest, arguments)
        if outcome.status == 0 {
          successes += 1
          #expect(outcome.output == complete.output)
        } else {
          refusals += 1
          #expect(outcome.status == 71, "\(guest) with \(kibibytes) KiB: \(outcome.errors)")
          #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.contains("no memory for "), "\(outcome.errors)")
          #expect(outcome.errors.filter { $0 == "\n" }.count == 1, "\(outcome.errors)")
        }
      }
      #expect(successes > 0 && refusals > 0, "\(guest): \(successes) runs, \(refusals) refusals")
    }
  }

  private func limited(kibibytes: Int?, _ guest: String, _ arguments: [String]) throws -> Command.Outcome {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let limit = kibibytes.map { "ulimit -v \($0) && " } ?? ""
    return try Command(
      "/bin/sh",
      ["-c", limit + "exec \"$0\" \"$@\"", Self.releaseProgram, "run", "--dir", scratch.folder + "::/", Checkout.guests + "/\(guest).wasm"]
        + arguments
    ).run()
  }
}

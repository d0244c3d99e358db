import Foundation
import TestSupport
import Testing

/// Killing any part of a run at any moment loses nothing that was finished. `scripts/check-resume` does it fifty times.
@Suite struct ResumeTests {
  private static let hasPython = Command.find("python3") != nil

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func a_run_killed_again_and_again_ends_with_every_trial_once() throws {
    if !FileManager.default.isExecutableFile(atPath: Checkout.top + "/.build/guests/native/hello") {
      try #require(try Command(Checkout.guestBuilder, ["native"]).run().status == 0)
    }
    let folder = URL(fileURLWithPath: Product.path("harness")).deletingLastPathComponent().path
    let outcome = try Command(Checkout.top + "/scripts/check-resume", ["6", "--bin", folder], in: Checkout.top).run(limit: 600)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("passed: 6 kills"))
  }
}

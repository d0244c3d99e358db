import Foundation
import TestSupport
import Testing

/// The workflows of Docs/ci.md, as far as they can be looked at here: what must happen after a failed gate does.
@Suite struct DocumentedWorkflowTests {
  /// The block of YAML below a heading.
  private func workflow(_ heading: String) throws -> [Substring] {
    let page = try String(contentsOfFile: Checkout.top + "/Docs/ci.md", encoding: .utf8)
    let section = try #require(page.firstRange(of: "\n## \(heading)\n"))
    let start = try #require(page[section.upperBound...].firstRange(of: "```yaml\n")).upperBound
    let end = try #require(page[start...].firstRange(of: "\n```")).lowerBound
    return page[start..<end].split(separator: "\n")
  }

  /// The lines below a key, which are indented more than it.
  private func lines(below key: String, in workflow: [Substring]) throws -> [Substring] {
    let start = try #require(workflow.firstIndex { $0.hasSuffix(key) })
    let depth = workflow[start].prefix { $0 == " " }.count
    return workflow[(start + 1)...].prefix { $0.prefix { $0 == " " }.count > depth }.map { $0 }
  }

  @Test func `on GitLab the comment is posted whatever the gate said, from a folder no other job has`() throws {
    let workflow = try workflow("GitLab CI")
    let script = try lines(below: " script:", in: workflow), after = try lines(below: " after_script:", in: workflow)
    #expect(script.last?.contains("--markdown comment.md") == true, "what comes after the gate would not run where it fails")
    #expect(after.contains { $0.contains("curl --fail") })
    #expect(script.contains { $0.contains("git worktree add") && $0.contains("$CI_JOB_ID") })
    #expect(after.contains { $0.contains("git worktree remove --force") })
  }

  @Test func `on GitHub the comment is posted after a failed gate, and exit code 3 is a warning`() throws {
    let workflow = try workflow("GitHub Actions")
    let comment = try lines(below: "- name: comment", in: workflow)
    #expect(comment.contains { $0.contains("if: always()") })
    #expect(comment.contains { $0.contains("continue-on-error: true") }, "who may not comment may still merge")
    let gate = try lines(below: "- name: gate", in: workflow)
    // The shell ends at the first command that fails, and with its exit code: a gate without a comment must keep its own.
    #expect(gate.contains { $0.contains("[ ! -f comment.md ] || cat comment.md") })
  }

  @Test(arguments: [(writes: "touch comment.md", status: Int32(0)), (":", 3)])
  func `on GitHub an undecided gate is a warning, and a measurement that broke off is none`(writes: String, status: Int32) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let gate = try lines(below: "- name: gate", in: try workflow("GitHub Actions"))
    let script = try lines(below: "run: |", in: gate).joined(separator: "\n")
    let folder = scratch.path(".build/release")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("#!/bin/sh\n\(writes)\nexit 3\n".utf8).write(to: URL(fileURLWithPath: folder + "/harness"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/harness")
    let summary = "GITHUB_STEP_SUMMARY=\(scratch.path("summary"))"
    let outcome = try Command("/usr/bin/env", [summary, "/bin/sh", "-e", "-c", script], in: scratch.folder).run()
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.output.contains("::warning::") == (status == 0))
  }
}

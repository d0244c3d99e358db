import Foundation
import FoundationXML
import Observations
import TestSupport
import Testing

@testable import Report

/// A folder that is gone after the test.
struct TemporaryFolder {
  private let scratch: Scratch
  var path: String { scratch.folder }

  init() throws { scratch = try Scratch() }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
  func files(_ name: String = "") throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted() }
}

/// A page under test; a failed expectation does not print all of it.
struct Page: CustomTestStringConvertible {
  var text: String
  var testDescription: String { "page of \(text.count) characters" }
  func contains(_ part: String) -> Bool { text.contains(part) }
  func count(_ pattern: some RegexComponent) -> Int { text.matches(of: pattern).count }
}

@Suite struct HTMLReportTests {
  static let hasGnuplot = Gnuplot.find() != nil
  static let hostile = "<script>alert(1)</script> & \"q\" 'p' `touch HACKED` ${x} @y \\n {/Bold z}"

  private func page(_ simulated: SimulatedResults, gnuplot: Gnuplot? = nil) throws -> Page {
    let folder = try TemporaryFolder()
    let path = try HTMLReport.write(simulated.results(), to: folder.path + "/new/folder", gnuplot: gnuplot)
    #expect(path == folder.path + "/new/folder/index.html")
    return Page(text: try folder.text("new/folder/index.html"))
  }

  @Test func `without gnuplot the page says how to get it and has everything else`() throws {
    let page = try page(SimulatedResults())
    #expect(page.contains("gnuplot is not installed (apt install gnuplot-nox)"))
    #expect(!page.contains("<svg"))
    for identifier in ["within", "across", "notes", "environment", "reproduce", "data"] {
      #expect(page.contains("<section id=\"\(identifier)\">"))
    }
    #expect(page.contains("harness run scenarios/startup.yaml --seed 1"))
    #expect(page.contains("0123456789abcdef+"))
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed (apt install gnuplot-nox)"))
  func `every plot is drawn for wide and narrow windows, with a title and a description`() throws {
    let page = try page(SimulatedResults(), gnuplot: Gnuplot.find())
    #expect(!page.contains("class=\"problem\""))
    #expect(page.count(/<svg class="wide"/) == 3)
    #expect(page.count(/<svg class="narrow"/) == 3)
    #expect(page.count(/role="img" aria-labelledby="([a-z0-9-]+)-title/) == 6)
    #expect(page.count(/<desc id="[a-z0-9-]+-desc">[^<]+Medians: native 6/) == 2)
    #expect(!page.contains("GNUPLOT"))
    #expect(
      page.text.firstRange(of: "</style>").map { !page.text[$0.upperBound...].contains("rgb(") } == true,
      "every colour of a plot follows the theme")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed (apt install gnuplot-nox)"))
  func `no identifier occurs twice and every reference is met`() throws {
    let page = try page(SimulatedResults(workloads: ["a", "b"]), gnuplot: Gnuplot.find())
    let identifiers = page.text.matches(of: /\bid=["']([^"']+)["']/).map { String($0.output.1) }
    #expect(Set(identifiers).count == identifiers.count)
    for match in page.text.matches(of: /href="#([^"]+)"/) { #expect(identifiers.contains(String(match.output.1))) }
    for match in page.text.matches(of: /aria-labelledby="([^"]+)"/) {
      for name in match.output.1.split(separator: " ") { #expect(identifiers.contains(String(name))) }
    }
  }

  @Test func `the page asks for nothing from elsewhere and runs no script`() throws {
    let page = try page(SimulatedResults(), gnuplot: Gnuplot.find())
    #expect(!page.contains("http"))
    #expect(page.count(/(src|href)="[^#]/) == 0)
    #expect(page.count(/<script/) == 1)
    #expect(page.contains("<script type=\"application/json\" id=\"results\">"))
  }

  @Test func `hostile names and messages stay text`() throws {
    var simulated = SimulatedResults(blocks: 8, workloads: [Self.hostile])
    simulated.arms[1].name = Self.hostile
    simulated.arms[2].name = "'; system 'touch HACKED2'; '"
    simulated.unavailable = [Unavailable(runtime: Self.hostile, reason: Self.hostile, remedy: Self.hostile)]
    var results = simulated.results()
    results.run.command = Self.hostile
    results.run.title = Self.hostile
    results.observations[0].outcome = .wrongOutput
    results.observations[0].detail = Self.hostile + "</table></script>"
    results.observations[1].phases = [Phase(name: Self.hostile, nanoseconds: 1000)]
    let folder = try TemporaryFolder()
    _ = try HTMLReport.write(results, to: folder.path, gnuplot: Gnuplot.find())
    let page = Page(text: try folder.text("index.html"))
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("class=\"problem\"") || !Self.hasGnuplot)
    #expect(page.count(/<\/script/) == 1)
    #expect(try folder.files() == ["index.html", "plots"])
    #expect(try folder.files("plots").allSatisfy { $0.hasSuffix(".gp") || $0.hasSuffix(".dat") })
  }

  @Test func `the page is well-formed`() throws {
    var simulated = SimulatedResults(blocks: 8, workloads: ["noop", Self.hostile, "c", "d", "e"], subtract: "noop")
    simulated.arms[3].failsEvery = 3
    simulated.unavailable = [Unavailable(runtime: "wasm3", reason: "a < b", remedy: "c & d")]
    var page = try page(simulated, gnuplot: Gnuplot.find()).text
    // HTML's void elements, named characters and doctype are all that keeps it from being XML.
    page = page.replacing("<!DOCTYPE html>", with: "").replacing("&nbsp;", with: " ")
    page = page.replacing(/<meta [^>]*>/, with: "").replacing(/<style>.*?<\/style>/.dotMatchesNewlines(), with: "")
    page = page.replacing(/<script.*?<\/script>/.dotMatchesNewlines(), with: "")
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse(), "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
  }

  @Test func `the embedded data are the JSON report`() throws {
    let results = SimulatedResults(blocks: 6, workloads: [Self.hostile]).results()
    let folder = try TemporaryFolder()
    _ = try HTMLReport.write(results, to: folder.path, gnuplot: nil)
    let match = try #require(try folder.text("index.html").firstMatch(of: /id="results">(.*?)<\/script>/.dotMatchesNewlines()))
    struct Document: Decodable { var results: RunResults }
    #expect(try JSONDecoder().decode(Document.self, from: Data(match.output.1.utf8)).results == results)
  }

  @Test func `tables have headers with a scope`() throws {
    let page = try page(SimulatedResults())
    #expect(page.count(/<th(?![^>]*scope=)[ >]/) == 0)
    #expect(page.contains("scope=\"col\"") && page.contains("scope=\"row\"") && page.contains("scope=\"rowgroup\""))
  }

  @Test func `a folder that cannot be made is an error, not a crash`() {
    #expect(throws: (any Error).self) { try HTMLReport.write(SimulatedResults(blocks: 1).results(), to: "/proc/nowhere/report") }
  }

  @Test func `empty and ruined runs still make a page`() throws {
    #expect(try page(SimulatedResults(blocks: 0)).contains("No trial was measured"))
    var ruined = SimulatedResults(blocks: 3)
    for index in ruined.arms.indices { ruined.arms[index].failsEvery = 1 }
    #expect(try page(ruined, gnuplot: Gnuplot.find()).contains("None of 21 trials passed"))
  }
}

@Suite struct GnuplotTests {
  @Test func `scripts and data are written for every workload and quantity`() throws {
    let folder = try TemporaryFolder()
    try GnuplotReport.write(SimulatedResults(workloads: ["a/b", "a b"]).results(), to: folder.path + "/plots")
    let files = try folder.files("plots")
    #expect(files.count == 12, "two distributions and the phases of each, a script and data each: \(files)")
    #expect(files.contains("distribution-a-b-wall-time.gp") && files.contains("distribution-a-b-wall-time-2.gp"))
  }

  @Test(.enabled(if: HTMLReportTests.hasGnuplot, "gnuplot is not installed (apt install gnuplot-nox)"))
  func `a person can run a script by hand`() throws {
    let folder = try TemporaryFolder()
    try GnuplotReport.write(SimulatedResults().results(), to: folder.path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "phases-hello.gp"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try folder.text("phases-hello.svg").contains("decode and validate"))
  }

  @Test func `a broken gnuplot is a sentence on the page`() throws {
    let folder = try TemporaryFolder()
    let broken = folder.path + "/gnuplot"
    try "#!/bin/sh\necho 'line 1: no such thing' >&2\nexit 3\n".write(toFile: broken, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: broken)
    _ = try HTMLReport.write(SimulatedResults(blocks: 6).results(), to: folder.path + "/report", gnuplot: Gnuplot(executable: broken))
    #expect(try folder.text("report/index.html").contains("gnuplot failed on distribution-hello-wall-time.gp: line 1: no such thing"))
  }

  @Test(.enabled(if: HTMLReportTests.hasGnuplot, "gnuplot is not installed (apt install gnuplot-nox)"))
  func `a plot that cannot be drawn takes no other with it`() throws {
    let folder = try TemporaryFolder()
    let results = SimulatedResults(blocks: 6).results()
    var plots = Plot.all(results, Summary(results))
    plots[1].script = "plot 'nowhere.dat'\n"
    try GnuplotReport.write(plots, to: folder.path)
    let drawn = DrawnPlots(plots, in: folder.path, gnuplot: Gnuplot.find())
    #expect(drawn.drawn.map(\.plot.name) == plots.indices.filter { $0 != 1 }.map { plots[$0].name })
    #expect(drawn.problems.count == 1 && drawn.problems[0].contains("\(plots[1].name).gp"), "\(drawn.problems)")
  }

  @Test(.enabled(if: HTMLReportTests.hasGnuplot, "gnuplot is not installed (apt install gnuplot-nox)"))
  func `a dot of a plot costs the page few bytes`() throws {
    let folder = try TemporaryFolder()
    let results = SimulatedResults().results()
    let plots = Array(Plot.all(results, Summary(results)).prefix(1))
    try GnuplotReport.write(plots, to: folder.path)
    let html = try #require(DrawnPlots(plots, in: folder.path, gnuplot: Gnuplot.find()).drawn.first).html
    let dots = html.matches(of: /<path d="M[0-9.]+ [0-9.]+h0"\/>\n/).map { $0.output.utf8.count }
    #expect(dots.count == 2 * 210, "every trial in both widths")
    let bytes = dots.reduce(0, +)
    #expect(bytes < 2 * 210 * 30, "\(bytes) bytes of dots")
    #expect(html.utf8.count - bytes < 2 * 7000, "\(html.utf8.count - bytes) bytes of everything else, twice")
  }

  @Test func `a gnuplot that hangs is ended`() throws {
    let folder = try TemporaryFolder()
    let stuck = folder.path + "/gnuplot"
    try "#!/bin/sh\nexec sleep 30\n".write(toFile: stuck, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: stuck)
    let plot = Plot(name: "x", workload: "x", title: "", description: "", script: "", data: "")
    let start = ContinuousClock.now
    #expect(throws: Gnuplot.Failure.self) {
      try Gnuplot(executable: stuck, timeLimit: 0.2).svgs(of: [plot], in: folder.path, widths: [400])
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func `gnuplot is looked for on the search path`() {
    #expect(Gnuplot.find(path: "/nonexistent:/proc") == nil)
    #expect(Gnuplot.find(path: nil) == nil)
  }
}

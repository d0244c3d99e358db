import Observations
import Statistics
import Testing

@testable import Report

@Suite struct TextTests {
  @Test(arguments: [
    (1_400_000.0, "1.40 ms"), (650_000, "650 µs"), (999, "999 ns"), (412e6, "412 ms"), (12.34e9, "12.3 s"), (0, "0 ns"),
  ])
  func `times have sensible units and three digits`(nanoseconds: Double, text: String) {
    #expect(Quantity.metric(.wallTime).text(nanoseconds) == text)
  }

  @Test(arguments: [(512.0, "512 B"), (2048, "2.00 KiB"), (68_157_440, "65.0 MiB"), (3 * 1_073_741_824.0, "3.00 GiB")])
  func `memory has binary units`(bytes: Double, text: String) {
    #expect(Quantity.metric(.peakMemory).text(bytes) == text)
  }

  @Test func `value and interval share a unit, and narrow intervals get more places`() {
    func text(_ value: Double, _ lower: Double, _ upper: Double) -> String {
      let interval = Interval(lower: lower, upper: upper, level: 0.95, coverage: 0.96)
      return EstimateText(Estimate(value: value, interval95: interval, interval99: nil, count: 9), of: .metric(.wallTime)).both
    }
    #expect(text(1.4e6, 0.9e6, 1.52e6) == "1.40 ms [0.90, 1.52]")
    #expect(text(412.1e6, 411.9e6, 412.4e6) == "412.1 ms [411.9, 412.4]")
    #expect(text(412e6, 380e6, 450e6) == "412 ms [380, 450]")
  }

  @Test func `an estimate without an interval shows none`() {
    let text = EstimateText(ratio: Estimate(value: 2.1, interval95: nil, interval99: nil, count: 3))
    #expect(text.both == "2.10")
  }

  @Test func `decimals are rounded and never written with an exponent`() {
    #expect(fixed(0.05, 1) == "0.1")
    #expect(fixed(-0.04, 1) == "0.0")
    #expect(fixed(-1.26, 1) == "-1.3")
    #expect(fixed(1234.5678, 2) == "1234.57")
    #expect(fixed(.nan, 2) == "–")
    #expect(percentText(0.0123) == "1.2 %")
    #expect(percentText(0.00001) == "<0.01 %")
    #expect(percentText(0) == "0 %")
  }

  @Test func `text for a terminal obeys nothing`() {
    #expect(printable("a\u{1B}[31mb\nc\u{202E}d") == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d")
    #expect(printable("µ – “ok”") == "µ – “ok”")
  }

  @Test func `lines break between words`() {
    #expect(wrapped("one two three", width: 8) == ["one two", "three"])
    #expect(wrapped("one two three", width: 9, indent: 2, hanging: 2) == ["  one two", "    three"])
    #expect(wrapped("unbreakable", width: 4) == ["unbreakable"])
    #expect(wrapped("", width: 4) == [])
  }
}

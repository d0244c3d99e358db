import FoundationEssentials
import Observations

/// Everything for machines: the summary with 95 % and 99 % intervals, and the results it was made from.
public enum JSONReport {
  /// Raised when a field's meaning changes; new fields leave it.
  public static let currentVersion = 1

  private struct Document: Encodable {
    var version = JSONReport.currentVersion
    var summary: Summary
    var results: RunResults
  }

  /// An indented document with sorted keys; numbers that JSON has no words for are "inf", "-inf" and "nan".
  public static func text(for results: RunResults) -> String { text(results, Summary(results), pretty: true) }

  static func text(_ results: RunResults, _ summary: Summary, pretty: Bool) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      let data = try encoder.encode(Document(summary: summary, results: results))
      return printable(json: String(decoding: data, as: UTF8.self))
    } catch {
      preconditionFailure("results are plain values and always encode: \(error)")
    }
  }
}

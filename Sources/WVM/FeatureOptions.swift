import Options
import VM

/// `--enable FEATURE[,…]` and `--disable FEATURE[,…]`: what modules may use.
enum FeatureOptions {
  static func features(_ list: String) -> Features {
    guard let features = Features(list: list) else {
      Output.fail("there is no feature '\(list)': there are \(Features.names.map(\.name).joined(separator: ", ")), or all", .usage)
    }
    return features
  }

  static func features(_ options: ParsedOptions) -> Features {
    var features = Features.standard
    if let list = options.value("enable") { features.formUnion(self.features(list)) }
    if let list = options.value("disable") { features.subtract(self.features(list)) }
    return features
  }
}

/// `--limit NAME=NUMBER`: what the guest may take.
enum LimitOption {
  static func set(_ text: String, in limits: inout MachineLimits) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = UInt64(parts[1]), limits.set(String(parts[0]), to: number) else {
      let names = MachineLimits.names.map { "\($0.name) (\($0.meaning))" }.joined(separator: ", ")
      Output.fail("--limit needs NAME=NUMBER within the bounds of NAME, not '\(text)'; there are \(names)", .usage)
    }
  }
}

extension OptionDeclaration {
  static var enable: OptionDeclaration {
    .value("enable", "FEATURE[,…]", "lets modules use threads, custom-page-sizes, wide-arithmetic, or all of them")
  }
  static var limit: OptionDeclaration {
    .value("limit", "NAME=NUMBER", "what the guest may take: \(MachineLimits.names.map(\.name).joined(separator: ", ")); may be repeated")
  }
  static var disable: OptionDeclaration {
    .value("disable", "FEATURE[,…]", "refuses modules that use multi-memory or multi-table")
  }
}

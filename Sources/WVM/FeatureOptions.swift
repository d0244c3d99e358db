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

extension OptionDeclaration {
  static var enable: OptionDeclaration {
    .value("enable", "FEATURE[,…]", "lets modules use threads, custom-page-sizes, wide-arithmetic, or all of them")
  }
  static var disable: OptionDeclaration {
    .value("disable", "FEATURE[,…]", "refuses modules that use multi-memory or multi-table")
  }
}

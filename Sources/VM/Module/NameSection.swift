/// The names that a module carries for people: the custom section "name" (appendix "Custom Sections") and, failing that, its exports.
///
/// Names are looked up by a scan each time, because only backtraces ask. A malformed section has no names; it is never an error.
struct NameSection {
  private let bytes: ModuleBytes
  private let content: Range<Int>
  private static let functionNames: UInt8 = 1

  init?(_ module: Module) {
    guard let section = module.customSections.first(where: { $0.name == "name" }) else { return nil }
    bytes = module.bytes
    content = section.range
  }

  /// The name of a function, or nil if the section gives none.
  func function(_ index: UInt32) -> String? {
    do throws(ModuleError) {
      return try find(index)
    } catch {
      return nil
    }
  }

  private func find(_ index: UInt32) throws(ModuleError) -> String? {
    var reader = ByteReader(bytes, in: content)
    while reader.remaining > 0 {
      let id = try reader.byte()
      let size = try reader.length()
      let end = reader.offset + size
      guard id == Self.functionNames else {
        reader.seek(end)
        continue
      }
      for _ in 0..<(try reader.u32()) {
        if try reader.u32() == index { return try reader.name() }
        let length = try reader.length()
        _ = try reader.skip(length)
      }
      return nil
    }
    return nil
  }
}

extension Module {
  /// A function's name for a person: from the name section, else an export, else where it is imported from; nil if it has none.
  public func functionName(_ index: UInt32) -> String? {
    if let name = NameSection(self)?.function(index) { return name }
    if let export = exports.first(where: { $0.kind == .function && $0.index == index }) { return export.name }
    guard index < importedFunctionCount else { return nil }
    let functions = imports.filter { if case .function = $0.kind { true } else { false } }
    return functions[Int(index)].module + "." + functions[Int(index)].name
  }
}

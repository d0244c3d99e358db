/// Something an instance imports or exports.
public enum External: Sendable {
  /// Of the store that the importing instance lives in.
  case function(Function)
  /// Of the store that the importing instance lives in.
  case table(Table)
  /// May be shared between stores.
  case memory(Memory)
  /// Of the store that the importing instance lives in.
  case global(Global)
  /// Of the store that the importing instance lives in.
  case tag(Tag)
}

/// What a module can import, by module and name.
///
/// A plain list with fingerprints: start-up pays for the first use of a generic dictionary, and a module's imports are few.
public struct Imports: Sendable {
  private struct Entry {
    var fingerprint: UInt64
    var module: String
    var name: String
    var value: External
  }

  private var entries = List<Entry>()

  /// Nothing defined: enough for a module without imports.
  public init() {}

  /// Defines an import; a later definition of the same name replaces an earlier one.
  public mutating func define(_ module: String, _ name: String, _ value: External) {
    if let index = index(module, name) {
      entries[index].value = value
    } else {
      entries.append(Entry(fingerprint: Imports.fingerprint(module, name), module: module, name: name, value: value))
    }
  }

  /// Nil where nothing is defined under the two names; they are compared byte by byte.
  public subscript(module: String, name: String) -> External? { index(module, name).map { entries[$0].value } }

  private func index(_ module: String, _ name: String) -> Int? {
    let fingerprint = Imports.fingerprint(module, name)
    // Names are equal when their bytes are; Swift's strings are equal already when they look alike.
    return entries.firstIndex {
      $0.fingerprint == fingerprint && $0.name.utf8.elementsEqual(name.utf8) && $0.module.utf8.elementsEqual(module.utf8)
    }
  }

  /// FNV-1a over both names.
  private static func fingerprint(_ module: String, _ name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in module.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}

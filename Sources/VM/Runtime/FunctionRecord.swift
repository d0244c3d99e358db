/// A function as compiled code and references see it: plain memory at a fixed address for the store's life.
/// A `funcref` slot holds the record's address.
struct FunctionRecord {
  typealias Pointer = UnsafeMutablePointer<FunctionRecord>

  /// Where its code is; shared by all instances of a module. Nil for host functions.
  var code: FunctionCode.Pointer?
  /// The context of the instance it belongs to; nil for host functions.
  var context: Context?
  /// Canonical number of its type (`TypeRegistry`): equal numbers, equal types.
  var type: UInt32
  /// Index in its module's function space, for backtraces and names.
  var index: UInt32
  /// max(parameters, results) in slots: where the frame's header stands.
  var headerSlot: Int
  /// The host's code, retained by the store.
  var host: Unmanaged<HostCode>?
}

extension FunctionRecord.Pointer {
  /// The record a `funcref` slot points to; nil for null.
  init?(slot: UInt64) { self.init(bitPattern: UInt(slot)) }
}

/// A host function's closure, boxed so that a record can point to it.
final class HostCode {
  let type: FunctionType
  let body: HostBody
  init(type: FunctionType, body: @escaping HostBody) {
    self.type = type
    self.body = body
  }
}

/// A type that a module defines (5.3.11): a function's, a structure's or an array's, at a fixed address for the process's life.
///
/// Rows are made by `TypeRegistry` and never change. Everything that compiled code, casts and the collector ask of a type is here.
struct DefinedType {
  typealias Pointer = UnsafePointer<DefinedType>

  enum Kind: UInt32 {
    case function, structure, array
    var word: String {
      switch self {
      case .function: "func"
      case .structure: "struct"
      case .array: "array"
      }
    }
  }

  /// Bytes before an object's fields or elements: the type's number and, of an array, the count of elements.
  static let headerBytes = 8

  var kind: Kind
  /// Equal numbers, equal types.
  var number: UInt32
  /// Whether no type may name this one as its supertype.
  var isFinal: Bool
  /// Numbers of the type's supertypes from the topmost on, its own number last.
  var lineage: UnsafeBufferPointer<UInt32>
  /// Of a function.
  var parameters: UnsafeBufferPointer<ValueType>
  var results: UnsafeBufferPointer<ValueType>
  /// Of a structure; an array's only one.
  var fields: UnsafeBufferPointer<FieldType>
  /// Where in an object each field of a structure begins.
  var offsets: UnsafeBufferPointer<UInt32>
  /// Bytes of a structure, its header included.
  var byteCount: Int
  /// Whether an array's elements, or some of a structure's fields, can refer to objects.
  var isTraced: Bool
  /// References to the type, nullable first: lists of one type at a fixed address.
  var references: UnsafePointer<ValueType>

  var signature: BlockSignature { BlockSignature(parameters: parameters, results: results) }
  /// Of an array.
  var element: FieldType { fields[0] }

  /// Whether the type is `other` or below it (3.3.12): a supertype stands in the lineage at its own depth.
  @inline(__always)
  func isBelow(_ other: DefinedType.Pointer) -> Bool {
    let depth = other.pointee.lineage.count - 1
    return depth < lineage.count && lineage[depth] == other.pointee.number
  }

  /// For messages: types have no names of their own here.
  var shortName: String {
    switch kind {
    case .function: "func \(FunctionType(List(parameters), List(results)))"
    case .structure: "struct of \(fields.count)"
    case .array: "array of \(element.storage)"
    }
  }
}

/// A field of a structure, or the elements of an array (5.3.8).
struct FieldType: Equatable {
  /// A value type, or a packed one.
  var storage: ValueType
  var isMutable: Bool

  /// Bytes in an object.
  var byteCount: Int {
    switch storage {
    case .packedI8: 1
    case .packedI16: 2
    case .i32, .f32: 4
    case .v128: 16
    default: 8
    }
  }
  /// Whether the collector has to look at it: functions do not live in the heap.
  var isTraced: Bool { storage.canReferToObject }
}

extension ValueType {
  /// Whether a value of the type can be, or hide, the address of an object in the heap.
  var canReferToObject: Bool {
    guard isReference else { return false }
    switch code & 0xFF {
    case 0x70, 0x73: return false
    case Self.definedByte: return TypeRegistry.shared.row(code >> Self.numberShift).pointee.kind != .function
    default: return true
    }
  }
}

/// A value that may not stand where the host wants to put it.
public struct ValueError: Error, Equatable, CustomStringConvertible {
  public var description: String
}

extension Value {
  /// The value itself, where it has the type and, being a reference, belongs to the store: slots hold addresses, which mean nothing in
  /// another store and dangle when its own is gone.
  func checked(as type: ValueType, in store: Store) throws(ValueError) -> Value {
    guard fits(type) else { throw ValueError(description: "a value of type \(self.type) stands where \(type) is wanted") }
    guard isUsable(in: store) else { throw ValueError(description: "a reference of another store cannot be used in this one") }
    return self
  }

  /// Whether the value may stand where one of type `type` is wanted.
  func fits(_ type: ValueType) -> Bool {
    switch self {
    case .funcref(nil), .externref(nil), .null: type.isReference && type.isNullable && type.hierarchyTop == self.type.hierarchyTop
    case .externref(let number?): number >> 62 == 0 && self.type.matches(type)
    default: self.type.matches(type)
    }
  }

  /// False for references of other stores.
  func isUsable(in store: Store) -> Bool {
    switch self {
    case .funcref(let function?): function.store === store
    case .object(let reference): reference.store === store
    default: true
    }
  }
}

/// A value that may not stand where the host wants to put it.
public struct ValueError: Error, Equatable, CustomStringConvertible {
  public var description: String
}

extension Value {
  /// The value itself, where it has the type and, being a function, belongs to the store: slots hold addresses, which mean nothing in
  /// another store and dangle when its own is gone.
  func checked(as type: ValueType, in store: Store) throws(ValueError) -> Value {
    guard self.type == type else { throw ValueError(description: "a value of type \(self.type) stands where \(type) is wanted") }
    guard isUsable(in: store) else { throw ValueError(description: "a function of another store cannot be referred to in this one") }
    return self
  }

  /// False for functions of other stores.
  func isUsable(in store: Store) -> Bool {
    if case .funcref(let function?) = self { return function.store === store }
    return true
  }
}

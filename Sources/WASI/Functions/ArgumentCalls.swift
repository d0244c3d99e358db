import VM

/// `args_*` and `environ_*`: lists of strings, NUL-terminated in the guest, one behind the other.
enum ArgumentCalls {
  static func getArguments(_ call: Call) throws(Errno) { try get(call.host.arguments, call) }
  static func getArgumentSizes(_ call: Call) throws(Errno) { try getSizes(call.host.arguments, call) }
  static func getEnvironment(_ call: Call) throws(Errno) { try get(call.host.environment, call) }
  static func getEnvironmentSizes(_ call: Call) throws(Errno) { try getSizes(call.host.environment, call) }

  /// Arguments: where the pointers go, where the bytes go.
  private static func get(_ strings: List<List<UInt8>>, _ call: Call) throws(Errno) {
    var pointer = call.i32(0)
    var text = call.i32(1)
    for string in strings {
      try call.guest.store(text, at: pointer)
      let length = UInt32(string.count)
      let place = try call.guest.bytes(text, length &+ 1)
      place.copyBytes(from: string)
      place[string.count] = 0
      pointer &+= 4
      text &+= length &+ 1
    }
  }

  /// Arguments: where the count goes, where the number of bytes goes.
  private static func getSizes(_ strings: List<List<UInt8>>, _ call: Call) throws(Errno) {
    let byteCount = strings.reduce(0) { $0 + $1.count + 1 }
    try call.guest.check(call.i32(1), 4)
    try call.guest.store(UInt32(strings.count), at: call.i32(0))
    try call.guest.store(UInt32(byteCount), at: call.i32(1))
  }
}

import Glibc

/// `sock_*`, on sockets that were inherited or accepted: preview 1 cannot make any.
enum SocketCalls {
  /// Arguments: listening socket, descriptor flags (only `nonBlocking`), where the new descriptor goes.
  static func accept(_ call: Call) throws(Errno) {
    let listener = try call.host.descriptor(call.i32(0), .sockAccept)
    let flags = DescriptorFlags(rawValue: call.i16(1))
    guard DescriptorFlags.nonBlocking.isSuperset(of: flags) else { throw .inval }
    try call.guest.check(call.i32(2), 4)
    let type = Int32(SOCK_CLOEXEC.rawValue) | (flags.isEmpty ? 0 : Int32(SOCK_NONBLOCK.rawValue))
    var socket: Int32
    repeat { socket = accept4(listener.host, nil, nil, type) } while socket < 0 && errno == EINTR
    guard socket >= 0 else { throw .last }
    do throws(Errno) {
      let number = try call.host.descriptors.insert(
        Descriptor(host: socket, isOwned: true, type: nil, rights: .socket, inheriting: []))
      try call.guest.store(number, at: call.i32(2))
    } catch {
      close(socket)
      throw error
    }
  }

  /// Arguments: socket, vectors, their count, flags (1 peek, 2 wait for all), where the number of bytes goes, where the result's
  /// flags go (1: the rest of a message was lost).
  static func receive(_ call: Call) throws(Errno) {
    let socket = try call.host.descriptor(call.i32(0), .fdRead)
    let flags = call.i16(3)
    guard flags & ~3 == 0 else { throw .inval }
    try call.guest.check(call.i32(4), 4)
    try call.guest.check(call.i32(5), 2)
    let hostFlags = (flags & 1 != 0 ? Int32(MSG_PEEK) : 0) | (flags & 2 != 0 ? Int32(MSG_WAITALL) : 0)
    var isTruncated = false
    let count = try call.guest.withVectors(call.i32(1), call.i32(2)) { vectors, count in
      var message = msghdr()
      message.msg_iov = vectors
      message.msg_iovlen = Int(count)
      let received = recvmsg(socket.host, &message, Int32(hostFlags))
      isTruncated = message.msg_flags & Int32(MSG_TRUNC) != 0
      return received
    }
    try call.guest.store(count, at: call.i32(4))
    try call.guest.store(UInt16(isTruncated ? 1 : 0), at: call.i32(5))
  }

  /// Arguments: socket, vectors, their count, flags (none are defined), where the number of bytes goes.
  static func send(_ call: Call) throws(Errno) {
    let socket = try call.host.descriptor(call.i32(0), .fdWrite)
    guard call.i16(3) == 0 else { throw .inval }
    try call.guest.check(call.i32(4), 4)
    let count = try call.guest.withVectors(call.i32(1), call.i32(2)) { vectors, count in
      var message = msghdr()
      message.msg_iov = vectors
      message.msg_iovlen = Int(count)
      return sendmsg(socket.host, &message, Int32(MSG_NOSIGNAL))
    }
    try call.guest.store(count, at: call.i32(4))
  }

  /// Arguments: socket, which directions (1 receiving, 2 sending).
  static func shutdown(_ call: Call) throws(Errno) {
    let socket = try call.host.descriptor(call.i32(0), .sockShutdown)
    let how: Int
    switch UInt8(truncatingIfNeeded: call.i32(1)) {
    case 1: how = Int(SHUT_RD)
    case 2: how = Int(SHUT_WR)
    case 3: how = Int(SHUT_RDWR)
    default: throw .inval
    }
    guard Glibc.shutdown(socket.host, Int32(how)) == 0 else { throw .last }
  }
}

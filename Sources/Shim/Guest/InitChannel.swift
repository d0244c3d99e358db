import Containers
import Glibc
import OCI

/// What a container's new process and the shim tell each other until the process runs its guest: one message, one packet
/// (socketpair(2), SOCK_SEQPACKET). Either side meets the end when the other one is gone.
enum InitMessage {
  // From the process:
  /// In a user namespace it needs what only the host's root may give: the namespace's mappings, higher limits.
  case needsHost
  /// The master of the process's terminal comes with this.
  case terminal(Int32)
  /// The root's layers come with this, from a process that does nothing else.
  case layers(Int32)
  /// The process that is to run, as its creator knows it: the creator ends.
  case born(pid_t)
  /// Everything is mounted and the host's tree is still there: the moment of the hooks that the shim runs.
  case mounted
  /// Everything is set up; a word starts the guest.
  case ready
  /// The program is one of the machine's own, which is runc's to run.
  case native
  /// One line.
  case failed(String)
  // From the shim:
  case goOn

  fileprivate var letter: UInt8 {
    switch self {
    case .needsHost: UInt8(ascii: "M")
    case .terminal: UInt8(ascii: "T")
    case .layers: UInt8(ascii: "L")
    case .born: UInt8(ascii: "B")
    case .mounted: UInt8(ascii: "H")
    case .ready: UInt8(ascii: "R")
    case .native: UInt8(ascii: "N")
    case .failed: UInt8(ascii: "F")
    case .goOn: UInt8(ascii: "G")
    }
  }
}

/// One end of the channel.
struct InitChannel {
  /// What came.
  enum Arrival {
    case message(InitMessage)
    /// Nothing yet, where the descriptor does not wait.
    case nothing
    /// The other side is gone.
    case end
  }

  let descriptor: Int32
  private static let longestText = 4000

  func send(_ message: InitMessage) {
    var bytes = [message.letter]
    var passed: Int32 = -1
    switch message {
    case .failed(let text): bytes += Array(text.utf8.prefix(Self.longestText))
    case .born(let process): bytes += Array(String(process).utf8)
    case .terminal(let descriptor), .layers(let descriptor): passed = descriptor
    default: break
    }
    bytes.withUnsafeMutableBytes { buffer in
      var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
      withUnsafeMutablePointer(to: &part) { part in
        var header = msghdr()
        header.msg_iov = part
        header.msg_iovlen = 1
        if passed < 0 {
          _ = sendmsg(descriptor, &header, Int32(MSG_NOSIGNAL))
        } else {
          // struct cmsghdr: length, level, type; then the descriptor (cmsg(3)).
          withUnsafeTemporaryAllocation(byteCount: 24, alignment: 8) { control in
            control.initializeMemory(as: UInt8.self, repeating: 0)
            control.storeBytes(of: 20, as: Int.self)
            control.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
            control.storeBytes(of: 1, toByteOffset: 12, as: Int32.self)
            control.storeBytes(of: passed, toByteOffset: 16, as: Int32.self)
            header.msg_control = control.baseAddress
            header.msg_controllen = 24
            _ = sendmsg(descriptor, &header, Int32(MSG_NOSIGNAL))
          }
        }
      }
    }
  }

  /// The next message, or why there is none.
  func receive() -> Arrival {
    if let message = receive(Self.message) { return .message(message) }
    return errno == EAGAIN ? .nothing : .end
  }

  /// Waits for a message, so many milliseconds; the end where none comes.
  func await(milliseconds: Int32) -> Arrival {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var count: Int32 = 0
    repeat { count = poll(&wanted, 1, milliseconds) } while count < 0 && errno == EINTR
    return count > 0 ? receive() : .end
  }

  /// Waits for leave to go on; false when the shim is gone.
  func awaitLeave() -> Bool {
    if case .message(.goOn) = receive() { true } else { false }
  }

  /// Makes the terminal of the process that calls this: its master goes to the shim, its other end becomes the standard streams.
  func makeTerminal(owner: UInt32, showsConsole: Bool, size: RuntimeSpec.ConsoleSize? = nil) throws(ContainerError) {
    let terminal = try Pseudoterminal(owner: owner, showsConsole: showsConsole)
    if let size { Pseudoterminal.resize(terminal.master, width: size.width, height: size.height) }
    send(.terminal(terminal.master))
    close(terminal.master)
    terminal.becomeStandardStreams()
    close(terminal.slave)
  }

  /// A descriptor sent with any message.
  func receiveDescriptor() -> Int32? { receive { _, passed in passed < 0 ? nil : passed } }

  /// Nil with `errno`, which is 0 where the other side is gone.
  private func receive<Result>(_ read: (UnsafeRawBufferPointer, Int32) -> Result?) -> Result? {
    withUnsafeTemporaryAllocation(byteCount: Self.longestText + 8, alignment: 8) { buffer in
      withUnsafeTemporaryAllocation(byteCount: 24, alignment: 8) { control in
        control.initializeMemory(as: UInt8.self, repeating: 0)
        var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
        return withUnsafeMutablePointer(to: &part) { part -> Result? in
          var header = msghdr()
          header.msg_iov = part
          header.msg_iovlen = 1
          header.msg_control = control.baseAddress
          header.msg_controllen = 24
          var count = 0
          repeat { count = recvmsg(descriptor, &header, Int32(MSG_CMSG_CLOEXEC)) } while count < 0 && errno == EINTR
          guard count > 0 else {
            if count == 0 { errno = 0 }
            return nil
          }
          let passed = header.msg_controllen >= 20 ? control.load(fromByteOffset: 16, as: Int32.self) : -1
          return read(UnsafeRawBufferPointer(rebasing: buffer[..<count]), passed)
        }
      }
    }
  }

  private static func message(_ bytes: UnsafeRawBufferPointer, _ passed: Int32) -> InitMessage? {
    switch bytes[0] {
    case UInt8(ascii: "M"): .needsHost
    case UInt8(ascii: "T"): .terminal(passed)
    case UInt8(ascii: "L"): .layers(passed)
    case UInt8(ascii: "B"): pid_t(String(decoding: bytes.dropFirst(), as: UTF8.self)).map { .born($0) }
    case UInt8(ascii: "H"): .mounted
    case UInt8(ascii: "R"): .ready
    case UInt8(ascii: "N"): .native
    case UInt8(ascii: "F"): .failed(String(decoding: bytes.dropFirst(), as: UTF8.self))
    case UInt8(ascii: "G"): .goOn
    default: nil
    }
  }
}

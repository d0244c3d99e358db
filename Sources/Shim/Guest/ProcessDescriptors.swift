import Containers
import Glibc

/// The descriptors of a process that is to run a guest: its standard streams, the few it is told to keep, and nothing else of the shim's.
enum ProcessDescriptors {
  /// - Parameters:
  ///   - streams: what become 0, 1 and 2; -1 is /dev/null.
  ///   - kept: get the numbers from 3 on, in this order, and are closed on exec; -1 stays.
  /// - Returns: the kept ones' new numbers.
  static func arrange(_ streams: (input: Int32, output: Int32, errors: Int32), keeping kept: [Int32]) -> [Int32] {
    // Out of the way first, so that no number is taken before it is moved.
    let base = Int32(100)
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    let standard = [streams.input, streams.output, streams.errors].map { fcntl($0 < 0 ? nothing : $0, F_DUPFD_CLOEXEC, base) }
    let others = kept.map { $0 < 0 ? -1 : fcntl($0, F_DUPFD_CLOEXEC, base) }
    for (number, source) in standard.enumerated() { dup2(source, Int32(number)) }
    var next = Int32(3)
    var numbers: [Int32] = []
    for source in others {
      guard source >= 0 else {
        numbers.append(-1)
        continue
      }
      dup2(source, next)
      _ = fcntl(next, F_SETFD, FD_CLOEXEC)
      numbers.append(next)
      next += 1
    }
    Linux.closeAll(from: next)
    return numbers
  }
}

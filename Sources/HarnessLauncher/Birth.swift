import Glibc

/// From the launcher's child to its program.
struct Birth {
  let command: Command
  let descriptors: UnsafeBufferPointer<(from: Int32, to: Int32)>
  /// Nanoseconds of CPU time to burn first.
  let spin: UInt64
  /// A byte comes here when the trial's counters are open; -1 where nothing is counted.
  let gate: Int32
  /// The child writes errno here when it cannot become the program.
  let failure: Int32
  /// Whether the child lives in the launcher's memory until it becomes its program.
  let sharesMemory: Bool

  /// Makes the child. Returns in the launcher only: its process, or a negative number with errno set.
  mutating func begin() -> pid_t {
    if !sharesMemory {
      let child = forkProcess()
      if child == 0 { become() }
      return child
    }
    return withUnsafeMutablePointer(to: &self) { birth in
      System.makeChild({ $0.assumingMemoryBound(to: Birth.self).pointee.become() }, birth)
    }
  }

  /// In the child, which may share the launcher's memory: system calls only.
  private func become() -> Never {
    setpgid(0, 0)
    System.dieWithParent()
    if gate >= 0 {
      var word: UInt8 = 0
      _ = read(gate, &word, 1)
    }
    if spin > 0 { System.spin(spin) }
    command.become(descriptors)
    var code = errno
    _ = write(failure, &code, 4)
    _exit(127)
  }
}

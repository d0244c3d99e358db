extension RuntimeSpec {
  /// `seccomp` of `linux` (config-linux.md): a filter of system calls, in libseccomp's words.
  public struct Seccomp: Sendable, Equatable {
    /// `SCMP_ACT_…`, taken where no rule fits.
    public var defaultAction: String
    /// The error number of a `defaultAction` that has one; nil is EPERM.
    public var defaultErrnoReturn: UInt32?
    /// `SCMP_ARCH_…`; empty is the machine's own alone.
    public var architectures: [String]
    /// `SECCOMP_FILTER_FLAG_…`.
    public var flags: [String]
    /// At most one rule that fits a call may say more than the call's name.
    public var syscalls: [SeccompRule]
    /// - Parameters: as the properties of the same names.
    public init(
      defaultAction: String, defaultErrnoReturn: UInt32? = nil, architectures: [String] = [], flags: [String] = [],
      syscalls: [SeccompRule] = []
    ) {
      self.defaultAction = defaultAction
      self.defaultErrnoReturn = defaultErrnoReturn
      self.architectures = architectures
      self.flags = flags
      self.syscalls = syscalls
    }
  }

  /// What happens at some system calls.
  public struct SeccompRule: Sendable, Equatable {
    /// System calls; a name the kernel does not know fits none.
    public var names: [String]
    /// `SCMP_ACT_…`.
    public var action: String
    /// The error number of an `action` that has one; nil is EPERM.
    public var errnoReturn: UInt32?
    /// Conditions, all of which must hold.
    public var args: [SeccompArgument]
    /// - Parameters: as the properties of the same names.
    public init(names: [String], action: String, errnoReturn: UInt32? = nil, args: [SeccompArgument] = []) {
      self.names = names
      self.action = action
      self.errnoReturn = errnoReturn
      self.args = args
    }
  }

  /// A condition on a system call's argument.
  public struct SeccompArgument: Sendable, Equatable {
    /// Which argument, from 0.
    public var index: UInt32
    /// Compared with, or the mask of `SCMP_CMP_MASKED_EQ`.
    public var value: UInt64
    /// Compared with behind the mask of `SCMP_CMP_MASKED_EQ`.
    public var valueTwo: UInt64
    /// `SCMP_CMP_…`; `op` in the document.
    public var operation: String
    /// - Parameters: as the properties of the same names.
    public init(index: UInt32, value: UInt64, valueTwo: UInt64 = 0, operation: String) {
      self.index = index
      self.value = value
      self.valueTwo = valueTwo
      self.operation = operation
    }
  }
}

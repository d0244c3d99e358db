import OCI

/// What a list of device rules comes to, worked out as the kernel does it for version 1 (security/device_cgroup.c): what holds for most, and
/// the exceptions from that.
struct DeviceAccess: Equatable {
  struct Device: Equatable {
    /// "b" or "c".
    var isBlock: Bool
    /// Nil is any.
    var major: UInt32?
    /// Nil is any.
    var minor: UInt32?
  }
  struct Exception: Equatable {
    var device: Device
    var access: Access
  }

  /// Letters of "rwm", as bits of linux/bpf.h (BPF_DEVCG_ACC_…).
  struct Access: OptionSet, Equatable {
    let rawValue: UInt32
    static let make = Access(rawValue: 1)
    static let read = Access(rawValue: 2)
    static let write = Access(rawValue: 4)
    static let all: Access = [.make, .read, .write]

    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(_ letters: String) {
      var access: Access = []
      for letter in letters.utf8 {
        switch letter {
        case UInt8(ascii: "m"): access.insert(.make)
        case UInt8(ascii: "r"): access.insert(.read)
        default: access.insert(.write)
        }
      }
      self = access
    }
  }

  private(set) var allowsOthers = true
  private(set) var exceptions: [Exception] = []

  init(_ rules: [RuntimeSpec.DeviceRule]) throws(ContainerError) {
    for rule in rules {
      try DeviceRules.check(rule)
      if DeviceRules.isAboutAll(rule) {
        allowsOthers = rule.allow
        exceptions = []
        continue
      }
      let device = Device(isBlock: rule.type == "b", major: try DeviceAccess.number(rule.major), minor: try DeviceAccess.number(rule.minor))
      change(device, Access(rule.access), isException: rule.allow != allowsOthers)
    }
  }

  private static func number(_ value: Int64?) throws(ContainerError) -> UInt32? {
    guard let value, value >= 0 else { return nil }
    guard value <= Int64(Int32.max) else { throw ContainerError("linux.resources.devices: \(value) is no number of a device") }
    return UInt32(value)
  }

  private mutating func change(_ device: Device, _ access: Access, isException: Bool) {
    let index = exceptions.firstIndex { $0.device == device }
    if isException {
      if let index { exceptions[index].access.formUnion(access) } else { exceptions.append(Exception(device: device, access: access)) }
    } else if let index {
      exceptions[index].access.subtract(access)
      if exceptions[index].access.isEmpty { exceptions.remove(at: index) }
    }
  }

  /// Whether an access would be allowed.
  func allows(_ access: Access, isBlock: Bool, major: UInt32, minor: UInt32) -> Bool {
    let isExcepted = exceptions.contains {
      $0.device.isBlock == isBlock && ($0.device.major ?? major) == major && ($0.device.minor ?? minor) == minor
        && (allowsOthers ? !$0.access.isDisjoint(with: access) : $0.access.isSuperset(of: access))
    }
    return isExcepted != allowsOthers
  }
}

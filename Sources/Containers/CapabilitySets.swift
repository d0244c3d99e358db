import Glibc
import OCI

/// The five capability sets of a process, a bit for each capability (capabilities(7)).
public struct CapabilitySets: Equatable, Sendable {
  /// What can ever be gained.
  public var bounding: UInt64
  /// What permission checks look at.
  public var effective: UInt64
  /// What may be made effective.
  public var permitted: UInt64
  /// What a program that asks for it in its file keeps across execve(2).
  public var inheritable: UInt64
  /// What any program keeps across execve(2).
  public var ambient: UInt64

  /// The last capability this kernel knows.
  public let last: Int

  /// The kernel's last capability, from /proc/sys/kernel/cap_last_cap; CAP_CHECKPOINT_RESTORE where that cannot be read.
  public static func lastKnown() -> Int {
    SmallFile.read("/proc/sys/kernel/cap_last_cap").flatMap { DecimalText.number($0[...]) }.map { Int(min($0, 63)) } ?? 40
  }

  /// - Parameters:
  ///   - names: `process.capabilities`.
  ///   - last: the kernel's last capability.
  ///   - warnings: gets a text for each name that is left out: nobody knows it, this kernel does not have it, or it is ambient and not also
  ///     permitted and inheritable, which the kernel refuses.
  public init(_ names: RuntimeSpec.Capabilities, last: Int = CapabilitySets.lastKnown(), warnings: inout [String]) {
    self.last = last
    var unknown: [String] = []
    func bits(_ names: [String]) -> UInt64 {
      var set: UInt64 = 0
      for name in names {
        if let number = CapabilityNames.number(name), number <= last {
          set |= 1 << UInt64(number)
        } else if !unknown.contains(name) {
          unknown.append(name)
        }
      }
      return set
    }
    bounding = bits(names.bounding)
    effective = bits(names.effective)
    permitted = bits(names.permitted)
    inheritable = bits(names.inheritable)
    ambient = bits(names.ambient)
    if !unknown.isEmpty { warnings.append("ignoring capabilities that this kernel does not have: \(unknown.joined(separator: ", "))") }
    if ambient & ~(permitted & inheritable) != 0 {
      ambient &= permitted & inheritable
      warnings.append("ignoring ambient capabilities that are not both permitted and inheritable")
    }
  }

  /// First step, before the user is changed and while CAP_SETPCAP is there: gives up what lies outside the bounding set, and has permitted
  /// capabilities outlive the change of user. Allocates nothing.
  public func limitBounding() throws(StepFailure) {
    for number in 0...last where bounding & (1 << UInt64(number)) == 0 {
      // PR_CAPBSET_DROP
      guard systemCall(SystemCall.prctl, 24, number, 0, 0, 0) == 0 else { throw StepFailure("drop a capability from the bounding set") }
    }
    // PR_SET_KEEPCAPS
    guard systemCall(SystemCall.prctl, 8, 1, 0, 0, 0) == 0 else { throw StepFailure("keep capabilities for another user") }
  }

  /// Second step, after the user was changed: takes the other sets as they are said. Allocates nothing.
  public func apply() throws(StepFailure) {
    guard systemCall(SystemCall.prctl, 8, 0, 0, 0, 0) == 0 else { throw StepFailure("no longer keep capabilities for another user") }
    try set()
    // PR_CAP_AMBIENT with PR_CAP_AMBIENT_CLEAR_ALL, then with PR_CAP_AMBIENT_RAISE.
    guard systemCall(SystemCall.prctl, 47, 4, 0, 0, 0) == 0 else { throw StepFailure("clear ambient capabilities") }
    for number in 0...last where ambient & (1 << UInt64(number)) != 0 {
      guard systemCall(SystemCall.prctl, 47, 2, number, 0, 0) == 0 else { throw StepFailure("raise an ambient capability") }
    }
  }

  /// What execve(2) of a program without capabilities of its own would leave of these (capabilities(7), "Transformation of capabilities
  /// during execve()"): the superuser keeps them, anybody else has the ambient ones alone. For a program that is run without execve(2).
  public func afterExecution(by user: UInt32) -> CapabilitySets {
    guard user != 0 else { return self }
    var sets = self
    sets.permitted = ambient
    sets.effective = ambient
    return sets
  }

  /// capset(2), in whose third version each set comes in two halves.
  private func set() throws(StepFailure) {
    var header: (version: UInt32, process: Int32) = (0x2008_0522, 0)
    func half(_ shift: UInt64) -> (UInt32, UInt32, UInt32) {
      (
        UInt32(truncatingIfNeeded: effective >> shift), UInt32(truncatingIfNeeded: permitted >> shift),
        UInt32(truncatingIfNeeded: inheritable >> shift)
      )
    }
    var data = (half(0), half(32))
    let answer = withUnsafeMutablePointer(to: &header) { header in
      withUnsafeMutablePointer(to: &data) { data in
        systemCall(SystemCall.capset, Int(bitPattern: header), Int(bitPattern: data), 0, 0, 0)
      }
    }
    guard answer == 0 else { throw StepFailure("set capabilities") }
  }
}

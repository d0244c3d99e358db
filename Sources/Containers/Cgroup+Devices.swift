import OCI

extension Cgroup {
  /// Restricts which devices may be opened: the rules in their order, and then those devices that every container may use. Without rules
  /// nothing is restricted. For a new cgroup: rules of a container that runs do not change.
  ///
  /// - Throws: when a rule cannot be written.
  public func restrictDevices(_ rules: [RuntimeSpec.DeviceRule]) throws(ContainerError) {
    guard !rules.isEmpty else { return }
    if layout.version == .v2, let unified {
      try DeviceProgram(try DeviceAccess(rules + DeviceRules.always)).attach(to: unified)
      return
    }
    let folder = try folder("devices", for: "linux.resources.devices")
    for rule in rules + DeviceRules.always {
      try folder.set(rule.allow ? "devices.allow" : "devices.deny", try DeviceRules.text(rule))
    }
  }
}

/// Rules about devices in the kernel's words (Documentation/admin-guide/cgroup-v1/devices.rst).
enum DeviceRules {
  /// What runc allows every container: to make any device, and to use those that tell nothing about the machine.
  static let always: [RuntimeSpec.DeviceRule] =
    [
      .init(allow: true, type: "c", access: "m"), .init(allow: true, type: "b", access: "m"),
      // null, zero, full, random, urandom
      character(1, 3), character(1, 5), character(1, 7), character(1, 8), character(1, 9),
      // tty, console, ptmx, and the slaves of ptmx
      character(5, 0), character(5, 1), character(5, 2), character(136, nil),
    ]

  private static func character(_ major: Int64, _ minor: Int64?) -> RuntimeSpec.DeviceRule {
    .init(allow: true, type: "c", major: major, minor: minor, access: "rwm")
  }

  /// Whether the rule is about every device, whatever it says of access: the kernel takes such a rule whole.
  static func isAboutAll(_ rule: RuntimeSpec.DeviceRule) -> Bool { rule.type == nil || rule.type == "a" || rule.type == "" }

  /// For instance "c 1:3 rwm".
  static func text(_ rule: RuntimeSpec.DeviceRule) throws(ContainerError) -> String {
    try check(rule)
    if isAboutAll(rule) { return "a" }
    return "\(rule.type ?? "a") \(number(rule.major)):\(number(rule.minor)) \(rule.access)"
  }

  static func check(_ rule: RuntimeSpec.DeviceRule) throws(ContainerError) {
    guard isAboutAll(rule) || ["c", "u", "b"].contains(rule.type) else {
      throw ContainerError("linux.resources.devices: \"\(rule.type ?? "")\" is no type of devices; they are a, b and c")
    }
    guard isAboutAll(rule) || !rule.access.isEmpty, rule.access.utf8.allSatisfy({ "rwm".utf8.contains($0) }) else {
      throw ContainerError("linux.resources.devices: access \"\(rule.access)\" is not made of r, w and m")
    }
    if isAboutAll(rule), number(rule.major) != "*" || number(rule.minor) != "*" {
      throw ContainerError("linux.resources.devices: a rule about a device's number must say its type, b or c")
    }
  }

  private static func number(_ value: Int64?) -> String { value.map { $0 < 0 ? "*" : String($0) } ?? "*" }
}

import Foundation

/// A folder with `sys` and `proc` that stands for a machine.
public struct MachineTree: Sendable {
  private let scratch: Scratch

  /// - Parameter files: path → content, without the line end.
  public init(_ files: [String: String] = [:]) throws {
    scratch = try Scratch()
    for (path, text) in files { try set(path, text) }
  }

  /// What its paths begin with.
  public var prefix: String { scratch.path("machine") }
  /// A folder for the journal, which is made by whoever tunes.
  public var state: String { scratch.path("state") }
  public var journal: String { state + "/journal" }

  public func set(_ path: String, _ text: String) throws {
    let place = URL(fileURLWithPath: prefix + path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data((text + "\n").utf8).write(to: place)
  }

  /// Content without the line end; nil where there is no such file.
  public func text(_ path: String) -> String? { Self.text(at: prefix + path).map { String($0.dropLast($0.hasSuffix("\n") ? 1 : 0)) } }

  public func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: prefix + path) }

  /// The journal as it is, nil where there is none.
  public var journalText: String? { Self.text(at: journal) }

  public func setJournal(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: journal)) }

  private static func text(at path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  /// Settings of `untuned` and what they should be, in the order in which they are to be set.
  public static let settings: [(path: String, old: String, new: String)] = [
    ("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave", "performance"),
    ("/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "ondemand", "performance"),
    ("/sys/devices/system/cpu/intel_pstate/no_turbo", "0", "1"),
    ("/sys/kernel/mm/transparent_hugepage/enabled", "always", "madvise"),
    ("/sys/kernel/mm/transparent_hugepage/defrag", "always", "madvise"),
    ("/sys/kernel/mm/ksm/run", "1", "0"),
    ("/proc/sys/kernel/nmi_watchdog", "1", "0"),
    ("/proc/sys/kernel/soft_watchdog", "1", "0"),
    ("/proc/sys/kernel/timer_migration", "1", "0"),
    ("/sys/devices/system/cpu/smt/control", "on", "off"),
  ]

  /// A machine with all of `settings` as they should not be.
  public static func untuned() throws -> MachineTree {
    try MachineTree(Dictionary(uniqueKeysWithValues: settings.map { ($0.path, $0.old) }))
  }

  /// What each of `settings` is at.
  public var values: [String?] { Self.settings.map { text($0.path) } }
}

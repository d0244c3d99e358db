import Glibc
import Observations

/// The cgroups of one run: a parent named after the run and its owner, and below it one group per trial.
///
/// ```
/// harness-RUN.PID.START/launcher        where the launcher lives between trials
/// harness-RUN.PID.START/trial/client    what the launcher starts
/// harness-RUN.PID.START/trial/guest     what an OCI runtime makes for the guest
/// harness-RUN.PID.START/engine/…        the same for all trials of a containerd of our own, and
/// harness-RUN.PID.START/engine/daemon   containerd itself and its shims
/// ```
/// Version 2 wants processes in leaves only, so both versions get the same shape.
final class RunCgroups {
  private let memory: CgroupHierarchy
  /// For the CPU time of processes that are nobody's waited-for children: cpuacct in version 1, `memory` itself in version 2.
  private let accounting: CgroupHierarchy?
  private let name: String

  var memorySource: MemorySource { memory.version == .one ? .cgroup1 : .cgroup2 }

  /// nil where no memory controller can be used; the launcher's own figure serves then.
  init?(run: String) {
    let hierarchies = CgroupHierarchy.all()
    guard let memory = CgroupHierarchy.with("memory", among: hierarchies) else { return nil }
    self.memory = memory
    accounting = memory.version == .two ? memory : CgroupHierarchy.with("cpuacct", among: hierarchies)
    name = Leftovers.cgroupPrefix + run + "." + OwnerMark.own.text
    guard CgroupFolder.make(memory.mount + "/" + name, in: memory), CgroupFolder.make(home(memory), in: memory),
      SystemFile.exists(home(memory) + "/" + peakFile)
    else {
      remove()
      return nil
    }
    if let accounting, accounting != memory {
      _ = CgroupFolder.make(accounting.mount + "/" + name, in: accounting)
      _ = CgroupFolder.make(home(accounting), in: accounting)
    }
  }

  private var peakFile: String { memory.version == .one ? "memory.max_usage_in_bytes" : "memory.peak" }

  private func home(_ hierarchy: CgroupHierarchy) -> String { "\(hierarchy.mount)/\(name)/launcher" }

  /// Where the launcher lives, one folder per hierarchy.
  var homes: [String] {
    var homes = [home(memory)]
    if let accounting, accounting != memory { homes.append(home(accounting)) }
    return homes
  }

  /// A fresh group for one trial whose processes are all descendants of what the launcher starts.
  func makeTrialGroup() -> TrialGroup? {
    makeGroup("trial", parts: [.client, .guest], hierarchies: [memory])
  }

  /// The group of a containerd and of all trials that go through it, one after the other.
  func makeEngineGroup() -> TrialGroup? {
    var hierarchies = [memory]
    if let accounting, accounting != memory { hierarchies.append(accounting) }
    return makeGroup("engine", parts: TrialGroup.Part.allCases, hierarchies: hierarchies)
  }

  private func makeGroup(_ group: String, parts: [TrialGroup.Part], hierarchies: [CgroupHierarchy]) -> TrialGroup? {
    for hierarchy in hierarchies {
      for folder in [group] + parts.map({ "\(group)/\($0.rawValue)" }) {
        guard CgroupFolder.make("\(hierarchy.mount)/\(name)/\(folder)", in: hierarchy) else { return nil }
      }
    }
    return TrialGroup(
      folders: hierarchies.map { "\($0.mount)/\(name)/\(group)" }, path: "/\(name)/\(group)", parts: parts, version: memory.version)
  }

  /// Removes everything of this run in every hierarchy: an OCI runtime makes folders in all of them.
  func remove() {
    for hierarchy in CgroupHierarchy.all() { CgroupFolder.remove("\(hierarchy.mount)/\(name)") }
  }
}

/// How control groups are laid out, and whether they weigh memory.
struct ControlGroups: Check {
  let name = "control groups"
  let cost =
    "without a memory controller the peak of a whole tree of processes cannot be weighed, only that of its largest process (Documentation/admin-guide/cgroup-v2.rst)"

  func examine(_ machine: MachineRoot) -> Seen {
    guard let mounts = machine.text("/proc/self/mounts") else { return .absent(on: machine) }
    let hierarchies = mounts.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.count >= 4 && $0[2].hasPrefix("cgroup") }
    guard !hierarchies.isEmpty else { return .spoils("none mounted", mend: "mount -t cgroup2 none /sys/fs/cgroup") }
    let first = hierarchies.filter { $0[2] == "cgroup" }, second = hierarchies.filter { $0[2] == "cgroup2" }
    let layout = first.isEmpty ? "version 2" : second.isEmpty ? "version 1" : "versions 1 and 2 (hybrid)"
    if second.contains(where: { has("memory", in: machine.line("\($0[1])/cgroup.controllers") ?? "", " ") }) {
      return .good("\(layout), memory in version 2")
    }
    if first.contains(where: { has("memory", in: String($0[3]), ",") }) { return .good("\(layout), memory in version 1") }
    return .spoils("\(layout), no memory controller", mend: "boot with cgroup_enable=memory on the kernel's command line")
  }

  private func has(_ controller: String, in list: String, _ separator: Character) -> Bool {
    list.split(separator: separator).contains { $0 == controller }
  }
}

import Glibc

/// Memory that programs can still have.
struct FreeMemory: Check {
  let name = "free memory"
  let cost = "where memory runs short the kernel drops the page cache, and trials read programs from disk again"

  /// Kibibytes: 1 GiB.
  private static let needed = 1 << 20

  func examine(_ machine: MachineRoot) -> Seen {
    guard let text = machine.text("/proc/meminfo") else { return .absent(on: machine) }
    let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    guard let free = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      return .nonsense("/proc/meminfo", on: machine)
    }
    return free >= Self.needed
      ? .good(bytes(kibibytes: free)) : .spoils(bytes(kibibytes: free), mend: "end what holds it: ps aux --sort=-rss | head")
  }
}

/// Room for results.
struct FreeDisk: Check {
  /// It need not be there yet.
  let folder: String
  let name = "free disk"
  let cost = "a full disk stops a run; what is measured is kept, and --resume goes on"

  private static let needed = 1 << 20

  func examine(_ machine: MachineRoot) -> Seen {
    var place = folder
    while !place.isEmpty, access(place, F_OK) != 0 { place = place.contains("/") ? String(place[..<place.lastIndex(of: "/")!]) : "." }
    if place.isEmpty { place = "/" }
    var status = statvfs()
    guard statvfs(place, &status) == 0 else { return .unknown("\(folder): \(SystemFailure())") }
    let free = Int(clamping: status.f_bavail * status.f_frsize / 1024)
    let seen = "\(bytes(kibibytes: free)) for results in \(folder)"
    return free >= Self.needed ? .good(seen) : .spoils(seen, mend: "make room there, or give --results another folder")
  }
}

import Foundation

/// Attempts to leave the container, from inside: none may succeed, and a file of the host is what it was.
let isolationCases = Group<Bench>(
  name: "Isolation",
  behaviours: [
    ("parents", "host paths through .."),
    ("links", "host paths through symbolic links"),
    ("proc", "host paths, the machine's switches and its own process through /proc"),
    ("descriptors", "inherited descriptors"),
    ("signals", "signals to the shim and to other containers"),
    ("mounts", "mounting"),
    ("devices", "device nodes"),
    ("tracing", "tracing other processes"),
    ("limits", "raising limits"),
    ("cgroups", "writing control groups"),
    ("log", "the shim's log"),
    ("bundle", "the bundle and containerd's folders"),
  ].flatMap { attempt, name in
    [
      Behaviour("no escape: \(name)") { bench in try tryToEscape(bench, attempt, program: bench.runtime.kind.escape) },
      Behaviour("no escape for a native program: \(name)", asked: .ofWasm) { bench in
        try tryToEscape(bench, attempt, program: Guests.Kind.native.escape)
      },
    ]
  })

private func tryToEscape(_ bench: Bench, _ attempt: String, program: String) throws -> String {
  // Somebody to be disturbed.
  let other = try Container(bench, ["sleep"], detached: true)
  var disk = stat()
  stat(Scratch.folder, &disk)
  let device = "\(disk.st_dev >> 8 & 0xfff):\(disk.st_dev & 0xff | disk.st_dev >> 12 & 0xfff00)"
  let run = try bench.run([attempt, bench.guests.canary, other.bundle, device], program: program, limit: 60)
  let isUndisturbed = try other.listed()?.status == "RUNNING"
  try other.end()
  let ways = run.output.split(separator: "\n").filter { $0.hasPrefix("ESCAPED") }
  try expect(ways.isEmpty, "\(ways.count) ways: " + ways.prefix(4).map { $0.dropFirst(9) }.joined(separator: "; "))
  try expect(run.code == 0 && run.output.contains(" tried, 0 escaped"), "the guest ended with \(run.code): \(run.lastLine)")
  try expect(isUndisturbed, "another container was ended")
  try expectEqual(Files.text(bench.guests.canary), bench.guests.canaryText, "the host's file")
  return run.output.split(separator: " ").first.map { "\($0) tries" } ?? ""
}

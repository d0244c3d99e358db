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
  } + [
    Behaviour("no escape: the file of a log URI file:///…") { bench in
      try tryToEscapeThroughLog(bench, program: bench.runtime.kind.escape)
    },
    Behaviour("no escape for a native program: the file of a log URI file:///…", asked: .ofWasm) { bench in
      try tryToEscapeThroughLog(bench, program: Guests.Kind.native.escape)
    },
  ])

/// The guest's streams are a file in which others have written.
private func tryToEscapeThroughLog(_ bench: Bench, program: String) throws -> String {
  let log = Scratch.newPath("log")
  try Files.write("before\n", to: log)
  let container = try Container(
    bench, ["log", bench.guests.canary, "/nowhere", "0:0"], program: program, detached: true, log: "file://" + log)
  try container.waitUntilStopped()
  let code = try container.delete()
  let text = Files.text(log)
  try expect(text.hasPrefix("before\n"), "what others wrote is gone: \(text.prefix(200).description.visible)")
  let ways = text.split(separator: "\n").filter { $0.hasPrefix("ESCAPED") }
  try expect(ways.isEmpty, "\(ways.count) ways: " + ways.prefix(4).map { $0.dropFirst(9) }.joined(separator: "; "))
  try expect(code == 0 && text.contains(" tried, 0 escaped"), "the guest ended with \(code): \(text.suffix(100).description.visible)")
  return text.split(separator: "\n").dropFirst().first?.split(separator: " ").first.map { "\($0) tries" } ?? ""
}

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

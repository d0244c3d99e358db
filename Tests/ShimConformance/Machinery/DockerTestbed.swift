import Foundation

/// The Docker of `scripts/docker-testbed`.
final class DockerTestbed {
  private let script: String
  /// Whether it was started for us, so that we end it.
  private let isOurs: Bool

  /// Starts it where it does not run.
  /// - Throws: `Skipped` where it cannot be made.
  init() throws {
    script = URL(fileURLWithPath: #filePath + "/../../../../scripts/docker-testbed").standardized.path
    guard getuid() == 0 else { throw Skipped("containers need root") }
    let runs = try Program.run([script, "run", "docker", "version"]).code == 0
    isOurs = !runs
    if runs { return }
    let up = try Program.run([script, "up"], limit: 1800)
    if up.code != 0 { throw Skipped("the testbed with Docker cannot be made here: \(up.lastLine)") }
  }

  func down() { if isOurs { _ = try? Program.run([script, "down"], limit: 120) } }

  /// Words that run a command inside.
  func words(_ command: [String]) -> [String] { [script, "run"] + command }

  /// Copies an executable, or links to it, where containerd finds shims.
  func put(_ executable: String) throws { try Program.run([script, "put", executable]).succeeded() }

  /// Loads image archives.
  func load(_ images: [String]) throws {
    for image in images {
      try Program.run([script, "put", image]).succeeded()
      let name = "/tmp/" + URL(fileURLWithPath: image).lastPathComponent
      try Program.run(words(["docker", "load", "--input", name]), limit: 120).succeeded()
      try Program.run(words(["rm", name])).succeeded()
    }
  }

  /// What containers can leave: processes, mounts, control groups, FIFOs, sockets and bundles, a line each.
  func inventory() throws -> Set<String> {
    let listing = """
      for process in /proc/[0-9]*; do
        [ "$process" = /proc/$$ ] || [ ! -e $process/exe ] || echo "process ${process#/proc/} ($(tr '\\0' ' ' <$process/cmdline | cut -c 1-60))"
      done
      cut -d ' ' -f 2 /proc/self/mounts | sed 's/^/mount /'
      # The folder of Docker's namespace stays when its first bundle goes.
      find /run/containerd /run/docker /var/run/docker -mindepth 2 \\( -type p -o -type s -o -type d \\) ! -path '*.task/moby' \\
        2>/dev/null | sort -u
      find /sys/fs/cgroup -mindepth 3 -type d -path '*/docker-testbed-*' 2>/dev/null | sed 's/^/control group /'
      """
    let lines = try Program.run(words(["sh", "-c", listing])).succeeded().output.split(separator: "\n").map(String.init)
    // The listing's own helpers come and go.
    return Set(lines.filter { !$0.contains("(sh -c ") && !$0.contains("(tr ") && !$0.contains("(cut ") && !$0.contains("nsenter") })
  }
}

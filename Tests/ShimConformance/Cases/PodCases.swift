import Foundation

/// Containers of one pod share a shim.
let podCases = Group<Bench>(
  name: "Pods",
  behaviours: [
    Behaviour("containers of one pod share one shim process, which ends with the last") { bench in
      let pod = podOptions(bench)
      let first = try Container(bench, ["sleep"], options: pod, detached: true)
      let second = try Container(bench, ["sleep"], options: pod, detached: true)
      let (shim, other) = (try first.processes().shim, try second.processes().shim)
      try expectEqual(other, shim, "the second's shim")
      try expectEqual(try first.end(), 137, "the first's exit code")
      try expect(isAlive(Int(shim)), "the shim ended with the first container")
      try expectEqual(try second.listed()?.status, "RUNNING", "the second's state")
      try expectEqual(try second.end("SIGTERM"), 143, "the second's exit code")
      try expect(Clock.waits(5) { !isAlive(Int(shim)) }, "the shim is still there")
      return nil
    },
    Behaviour("containers without a pod have a shim each") { bench in
      let first = try Container(bench, ["sleep"], detached: true)
      let second = try Container(bench, ["sleep"], detached: true)
      let (shim, other) = (try first.processes().shim, try second.processes().shim)
      try first.end()
      try second.end()
      try expect(shim != other, "both have shim \(shim)")
      return nil
    },
    Behaviour("a container that is killed does not disturb its pod") { bench in
      let pod = podOptions(bench)
      let first = try Container(bench, ["sleep"], options: pod, detached: true)
      let second = try Container(bench, ["ticks"], options: pod, readyWord: "1\n")
      kill(try first.processes().guest, SIGKILL)
      try first.waitUntilStopped()
      try expectEqual(try first.delete(), 137, "its exit code")
      let before = second.client?.output ?? ""
      try expect(Clock.waits(5) { (second.client?.output ?? "") != before }, "the other stands still")
      try second.kill()
      try expectEqual(try second.finish(), 137, "the other's exit code")
      return nil
    },
    Behaviour("a signal ends one of twenty in a pod, each by itself") { bench in
      let pod = podOptions(bench)
      let containers = try (0..<20).map { _ in try Container(bench, ["sleep"], options: pod, detached: true) }
      for (index, container) in containers.enumerated() {
        try expectEqual(try container.end("SIGINT"), 130, "the exit code of number \(index + 1)")
        if index + 1 < containers.count { try expectEqual(try containers[index + 1].listed()?.status, "RUNNING", "the next one's state") }
      }
      return nil
    },
    Behaviour("a native program runs in a pod beside a module", asked: .ofWasm) { bench in
      let pod = podOptions(bench)
      let native = try Container(bench, ["sleep"], options: pod, program: Guests.Kind.native.program, detached: true)
      let module = try Container(bench, ["sleep"], options: pod, detached: true)
      let address = try native.shimAddress()
      try expectEqual(try module.shimAddress(), address, "the module's shim")
      try expectEqual(try bench.run(["say", "beside"], options: pod).output, "beside\n", "a module's output")
      try expectEqual(try module.end("SIGTERM"), 143, "the module's exit code")
      try expectEqual(try native.listed()?.status, "RUNNING", "the native program's state")
      try expectEqual(try native.end("SIGTERM"), 143, "the native program's exit code")
      return nil
    },
  ])

/// What Kubernetes writes on every container of a pod.
private func podOptions(_ bench: Bench) -> [String] {
  let pod = bench.newName("pod")
  return ["--annotation", "io.kubernetes.cri.sandbox-id=\(pod)", "--annotation", "io.kubernetes.cri.container-type=container"]
}

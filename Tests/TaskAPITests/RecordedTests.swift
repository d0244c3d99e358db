import Protobuf
import TaskAPI
import Testing

@Suite struct RecordedTests {
  @Test func `Create says where everything is`() throws {
    let request = try CreateTaskRequest(reading: Recorded.createTaskRequest)
    #expect(request.id == "hello")
    #expect(request.bundle == "/run/containerd/state/io.containerd.runtime.v2.task/recording/hello")
    let snapshots = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots"
    let options = ["index=off", "workdir=\(snapshots)/2/work", "upperdir=\(snapshots)/2/fs", "lowerdir=\(snapshots)/1/fs"]
    #expect(request.rootfs == [Mount(type: "overlay", source: "overlay", options: options)])
    #expect(!request.terminal)
    #expect(request.stdin == "/run/containerd/fifo/2015698986/hello-stdin")
    #expect(request.stdout == "/run/containerd/fifo/2015698986/hello-stdout")
    #expect(request.stderr == "/run/containerd/fifo/2015698986/hello-stderr")
    #expect(request.checkpoint == "" && request.parentCheckpoint == "")
    #expect(try request.options?.unpack(RuncOptions.self) == RuncOptions())
    #expect(try request.options?.unpack(RuntimeOptions.self) == nil)
  }

  @Test func `with a terminal there is no FIFO for errors`() throws {
    let request = try CreateTaskRequest(reading: Recorded.createTerminalRequest)
    #expect(request.terminal)
    #expect(request.stdout == "/run/containerd/fifo/3043158623/terminal-stdout")
    #expect(request.stderr == "")
  }

  @Test func `requests say which process is meant`() throws {
    #expect(try StartRequest(reading: Recorded.startRequest) == StartRequest(id: "hello"))
    #expect(try StartRequest(reading: Recorded.startExecRequest) == StartRequest(id: "long", execID: "extra"))
    #expect(try WaitRequest(reading: Recorded.waitRequest) == WaitRequest(id: "hello"))
    #expect(try StateRequest(reading: Recorded.stateRequest) == StateRequest(id: "long", execID: "extra"))
    #expect(try KillRequest(reading: Recorded.killRequest) == KillRequest(id: "long", execID: "later", signal: 15))
    #expect(try KillRequest(reading: Recorded.killAllRequest) == KillRequest(id: "long", signal: 9, all: true))
    #expect(try PidsRequest(reading: Recorded.pidsRequest) == PidsRequest(id: "long"))
    #expect(try CloseIORequest(reading: Recorded.closeIORequest) == CloseIORequest(id: "long", execID: "extra", stdin: true))
    #expect(try ResizePtyRequest(reading: Recorded.resizePtyRequest) == ResizePtyRequest(id: "terminal", width: 100, height: 30))
    #expect(try PauseRequest(reading: Recorded.pauseRequest) == PauseRequest(id: "long"))
    #expect(try ResumeRequest(reading: Recorded.resumeRequest) == ResumeRequest(id: "long"))
    #expect(try StatsRequest(reading: Recorded.statsRequest) == StatsRequest(id: "long"))
    #expect(try ConnectRequest(reading: Recorded.connectRequest) == ConnectRequest(id: "hello"))
    #expect(try DeleteRequest(reading: Recorded.deleteRequest) == DeleteRequest(id: "long", execID: "extra"))
    #expect(try ShutdownRequest(reading: Recorded.shutdownRequest) == ShutdownRequest(id: "hello"))
    let checkpoint = try CheckpointTaskRequest(reading: Recorded.checkpointRequest)
    #expect(checkpoint.options == AnyMessage(typeURL: "containerd.runc.v1.CheckpointOptions", value: []))
  }

  @Test func `Exec brings the process as JSON`() throws {
    let request = try ExecProcessRequest(reading: Recorded.execRequest)
    #expect(request.id == "long" && request.execID == "extra" && !request.terminal)
    #expect(request.stdin == "/run/containerd/fifo/1161495574/extra-stdin")
    #expect(request.stderr == "/run/containerd/fifo/1161495574/extra-stderr")
    #expect(request.spec?.typeURL == "types.containerd.io/opencontainers/runtime-spec/1/Process")
    let process = String(decoding: request.spec?.value ?? [], as: UTF8.self)
    #expect(process.contains(#""args":["/bin/echo","from","exec"]"#))
  }

  @Test func `responses say what became of a process`() throws {
    #expect(try CreateTaskResponse(reading: Recorded.createTaskResponse) == CreateTaskResponse(pid: 336))
    #expect(try StartResponse(reading: Recorded.startResponse) == StartResponse(pid: 336))
    #expect(try ConnectResponse(reading: Recorded.connectResponse) == ConnectResponse(shimPID: 309, taskPID: 336))
    #expect(
      try WaitResponse(reading: Recorded.waitResponse)
        == WaitResponse(exitStatus: 3, exitedAt: Timestamp(seconds: 1_795_646_979, nanoseconds: 606_828_780)))
    let killed = Timestamp(seconds: 1_795_646_982, nanoseconds: 638_262_261)
    #expect(try DeleteResponse(reading: Recorded.deleteResponse) == DeleteResponse(pid: 421, exitStatus: 143, exitedAt: killed))
    let neverMade = try DeleteResponse(reading: Recorded.deleteVerb)
    #expect(neverMade.pid == .max && neverMade.exitStatus == 137)
    #expect(
      try PidsResponse(reading: Recorded.pidsResponse).processes
        == [ProcessInfo(pid: 336), ProcessInfo(pid: 421, info: AnyMessage(ProcessDetails(execID: "later")))])
  }

  @Test func `State tells what a process is doing`() throws {
    let running = try StateResponse(reading: Recorded.stateRunning)
    #expect(running.id == "long" && running.pid == 336 && running.status == .running && running.exitStatus == 0)
    #expect(running.bundle == "/run/containerd/state/io.containerd.runtime.v2.task/recording/long")
    #expect(running.exitedAt == Timestamp(seconds: -62_135_596_800, nanoseconds: 0))
    #expect(try StateResponse(reading: Recorded.statePaused).status == .paused)
    let stopped = try StateResponse(reading: Recorded.stateStopped)
    #expect(stopped.id == "later" && stopped.pid == 421 && stopped.status == .stopped && stopped.exitStatus == 143)
    #expect(stopped.exitedAt == Timestamp(seconds: 1_795_646_982, nanoseconds: 638_262_261))
    let terminal = try StateResponse(reading: Recorded.stateTerminal)
    #expect(terminal.terminal && terminal.stderr == "")
  }

  @Test func `a status that nobody knows is unknown`() throws {
    #expect(try StateResponse(reading: [0x20, 99]).status == .unknown)
  }

  @Test func `Stats has what control groups of version 1 tell`() throws {
    let metrics = try #require(try StatsResponse(reading: Recorded.statsResponse).stats?.unpack(CgroupV1.Metrics.self))
    #expect(metrics.pids == CgroupV1.Pids(current: 1))
    #expect(
      metrics.cpu?.usage == CgroupV1.CPUUsage(total: 16_614_154, user: 10_000_000, perCPU: [10_566_977, 6_047_177]))
    #expect(metrics.memory?.totalRSS == 98_304 && metrics.memory?.totalInactiveAnonymous == 94_208)
    #expect(metrics.memory?.totalFaults == 780 && metrics.memory?.totalMajorFaults == 0)
    #expect(metrics.memory?.usage == CgroupV1.MemoryEntry(limit: 9_223_372_036_854_771_712, usage: 520_192, max: 2_514_944))
    #expect(metrics.memory?.kernelTCP == CgroupV1.MemoryEntry(limit: 9_223_372_036_854_771_712))
    #expect(metrics.blkio == CgroupV1.BlockIO() && metrics.outOfMemory == CgroupV1.OutOfMemory())
    #expect(metrics.rdma == nil && metrics.network == [])
  }

  @Test func `the input of the verb start names the options of runc`() throws {
    #expect(try AnyMessage(reading: Recorded.startInput) == AnyMessage(RuncOptions()))
  }
}

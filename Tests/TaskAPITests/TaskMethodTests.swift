import TaskAPI
import Testing

@Suite struct TaskMethodTests {
  @Test func `all seventeen methods are found by their names`() {
    let names = [
      "State", "Create", "Start", "Delete", "Pids", "Pause", "Resume", "Checkpoint", "Kill", "Exec", "ResizePty", "CloseIO", "Update",
      "Wait", "Stats", "Connect", "Shutdown",
    ]
    #expect(names.compactMap { TaskMethod(name: $0)?.name } == names)
    #expect(TaskMethod.allCases.count == names.count)
  }

  @Test(arguments: ["", "create", "Create ", "StateRequest"]) func `other names are no methods`(name: String) {
    #expect(TaskMethod(name: name) == nil)
  }

  @Test func `the service has one name a version`() {
    #expect(TaskService(name: "containerd.task.v2.Task") == .version2)
    #expect(TaskService(name: "containerd.task.v3.Task") == .version3)
    #expect(TaskService(name: "containerd.task.v1.Task") == nil)
  }
}

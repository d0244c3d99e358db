import Containers
import Protobuf
import TaskAPI
import Testing

@testable import Shim

@Suite("What Stats tells clients")
struct StatsMessageTests {
  @Test func `no limit of processes is the largest number in version 2 and 0 in version 1, as clients know them`() throws {
    for (isUnified, unlimited) in [(true, UInt64.max), (false, 0)] {
      var statistics = CgroupStatistics()
      statistics.isUnified = isUnified
      statistics.tasks = .init()
      #expect(try limit(statistics) == unlimited)
      statistics.tasks?.limit = 50
      #expect(try limit(statistics) == 50)
    }
  }

  private func limit(_ statistics: CgroupStatistics) throws -> UInt64? {
    let message = statistics.message
    if statistics.isUnified { return try CgroupV2.Metrics(reading: message.value).pids?.limit }
    return try CgroupV1.Metrics(reading: message.value).pids?.limit
  }
}

import Protobuf

extension CgroupV1 {
  /// What a container uses, as control groups of version 1 tell it.
  public struct Metrics: NamedMessage, Equatable {
    public static var typeURL: String { "io.containerd.cgroups.v1.Metrics" }

    /// Huge pages, by size.
    public var hugetlb: [HugeTLB] = []
    /// Processes and threads.
    public var pids: Pids?
    /// Processor time.
    public var cpu: CPU?
    /// Memory.
    public var memory: Memory?
    /// Block devices.
    public var blkio: BlockIO?
    /// Remote memory adapters.
    public var rdma: RDMA?
    /// Network interfaces.
    public var network: [Network] = []
    /// What the processes are doing.
    public var states: ProcessStates?
    /// What happens when there is no memory left.
    public var outOfMemory: OutOfMemory?

    public init() {}

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: hugetlb.append(try field.message())
      case 2: try field.merge(into: &pids)
      case 3: try field.merge(into: &cpu)
      case 4: try field.merge(into: &memory)
      case 5: try field.merge(into: &blkio)
      case 6: try field.merge(into: &rdma)
      case 7: network.append(try field.message())
      case 8: try field.merge(into: &states)
      case 9: try field.merge(into: &outOfMemory)
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, hugetlb)
      writer.field(2, pids)
      writer.field(3, cpu)
      writer.field(4, memory)
      writer.field(5, blkio)
      writer.field(6, rdma)
      writer.field(7, network)
      writer.field(8, states)
      writer.field(9, outOfMemory)
    }
  }
}

import Protobuf

extension CgroupV2 {
  /// What a container uses, as control groups of version 2 tell it.
  public struct Metrics: NamedMessage, Equatable {
    public static var typeURL: String { "io.containerd.cgroups.v2.Metrics" }

    /// Processes and threads.
    public var pids: Pids?
    /// Processor time.
    public var cpu: CPU?
    /// Memory.
    public var memory: Memory?
    /// Remote memory adapters.
    public var rdma: RDMA?
    /// Block devices.
    public var io: IO?
    /// Huge pages, by size.
    public var hugetlb: [HugeTLB] = []
    /// How often limits of memory were met.
    public var memoryEvents: MemoryEvents?

    public init() {}

    /// Every field, at its default where none is given.
    public init(
      pids: Pids? = nil, cpu: CPU? = nil, memory: Memory? = nil, rdma: RDMA? = nil, io: IO? = nil, hugetlb: [HugeTLB] = [],
      memoryEvents: MemoryEvents? = nil
    ) {
      self.pids = pids
      self.cpu = cpu
      self.memory = memory
      self.rdma = rdma
      self.io = io
      self.hugetlb = hugetlb
      self.memoryEvents = memoryEvents
    }

    public mutating func take(_ field: Field) throws(WireError) {
      switch field.number {
      case 1: try field.merge(into: &pids)
      case 2: try field.merge(into: &cpu)
      case 4: try field.merge(into: &memory)
      case 5: try field.merge(into: &rdma)
      case 6: try field.merge(into: &io)
      case 7: hugetlb.append(try field.message())
      case 8: try field.merge(into: &memoryEvents)
      default: break
      }
    }

    public func write(to writer: inout MessageWriter) {
      writer.field(1, pids)
      writer.field(2, cpu)
      writer.field(4, memory)
      writer.field(5, rdma)
      writer.field(6, io)
      writer.field(7, hugetlb)
      writer.field(8, memoryEvents)
    }
  }
}

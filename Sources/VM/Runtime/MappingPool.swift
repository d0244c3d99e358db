import Glibc

/// Mappings that are likely to be wanted again: those of value stacks, and of memories whose first contents come from an image. Asking the
/// system for one and giving it back takes longer than a short guest runs; cleaning one takes one call.
enum MappingPool {
  /// A memory that is as its image has it.
  struct PooledMemory {
    var image: ObjectIdentifier
    var mapping: UnsafeMutableRawPointer
    /// Accessible from the beginning on.
    var byteCount: Int
  }

  private static let mostStacks = 8
  private static let mostMemories = 8
  nonisolated(unsafe) private static let lock = Lock()
  nonisolated(unsafe) private static var stacks = List<UnsafeMutableRawPointer>()
  nonisolated(unsafe) private static var memories = List<PooledMemory>()
  /// The size that pooled stacks have.
  static let stackBytes = MachineLimits.standard.stackBytes
  /// Bytes of a stack that stay where they are, with what they hold: whoever gets it writes a slot before reading it.
  private static let keptStackBytes = 64 << 10

  static func takeStack() -> UnsafeMutableRawPointer? { lock.locked { stacks.count > 0 ? stacks.removeLast() : nil } }

  static func giveBack(stack: UnsafeMutableRawPointer) {
    madvise(stack + keptStackBytes, stackBytes - keptStackBytes, MADV_DONTNEED)
    let isKept = lock.locked {
      guard stacks.count < mostStacks else { return false }
      stacks.append(stack)
      return true
    }
    if !isKept { munmap(stack, stackBytes) }
  }

  static func takeMemory(of image: CompiledImage, byteCount: Int) -> UnsafeMutableRawPointer? {
    lock.locked {
      for index in memories.indices where memories[index].image == ObjectIdentifier(image) && memories[index].byteCount == byteCount {
        let memory = memories[index]
        let last = memories.removeLast()
        if index < memories.count { memories.withMutableElements { $0[index] = last } }
        return memory.mapping
      }
      return nil
    }
  }

  /// Takes a memory back, written pages and all; what it grew by is accessible no more. False where the caller has to get rid of it.
  static func giveBack(memory mapping: UnsafeMutableRawPointer, of image: CompiledImage, byteCount: Int, grown: Int) -> Bool {
    guard madvise(mapping, grown, MADV_DONTNEED) == 0 else { return false }
    if grown > byteCount, mprotect(mapping + byteCount, grown - byteCount, PROT_NONE) != 0 { return false }
    return lock.locked {
      guard memories.count < mostMemories else { return false }
      memories.append(PooledMemory(image: ObjectIdentifier(image), mapping: mapping, byteCount: byteCount))
      return true
    }
  }

  /// An image ends: nobody will want its memories.
  static func forget(_ image: CompiledImage, reservation: Int) {
    lock.locked {
      var kept = List<PooledMemory>()
      for memory in memories {
        if memory.image == ObjectIdentifier(image) { munmap(memory.mapping, reservation) } else { kept.append(memory) }
      }
      memories = kept
    }
  }
}

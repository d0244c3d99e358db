import Glibc

/// What a container's root file system takes from the host, opened with the host's privileges and attached nowhere yet: a process in a user
/// namespace of its own may not enter the folders in which it lies.
public struct HostMounts {
  /// The layers of the root as one mount; -1 where the root is a folder that is there already.
  public let root: Int32
  /// What is bound into the container, in the order of its mounts; -1 for those without a source in the host's tree.
  public let sources: [Int32]

  public init(root: Int32, sources: [Int32]) {
    self.root = root
    self.sources = sources
  }

  public func close() { for mount in [root] + sources where mount >= 0 { Glibc.close(mount) } }
}

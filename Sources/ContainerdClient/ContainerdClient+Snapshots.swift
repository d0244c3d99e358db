import ContainerdAPI
import GRPCCore

/// One mount of a root file system, as mount(2) takes it.
public struct SnapshotMount: Sendable, Equatable {
  /// The file system's type, for instance "overlay".
  public var type: String
  /// A device or folder; whatever the type wants.
  public var source: String
  /// As in fstab(5).
  public var options: [String]
}

extension ContainerdClient {
  private var snapshots: Containerd_Services_Snapshots_V1_Snapshots.Client<SocketTransport> { .init(wrapping: grpc) }

  /// Makes a writable snapshot on top of another one. It is kept until it is removed, whether or not a container refers to it.
  /// - Parameter parent: the name of a committed snapshot: the chain of an image's layers.
  /// - Returns: what is to be mounted, in this order.
  /// - Throws: `ContainerdError`.
  public func prepareSnapshot(_ key: String, parent: String, in snapshotter: String) async throws(ContainerdError) -> [SnapshotMount] {
    var request = Containerd_Services_Snapshots_V1_PrepareSnapshotRequest()
    request.snapshotter = snapshotter
    request.key = key
    request.parent = parent
    // Or containerd's garbage collection may take it before its container is there.
    request.labels = ["containerd.io/gc.root": "harness"]
    return try await ask("prepare snapshot \(key)") {
      try await snapshots.prepare(request, metadata: metadata).mounts.map {
        SnapshotMount(type: $0.type, source: $0.source, options: $0.options)
      }
    }
  }

  /// The name of the snapshot that another one was made on.
  /// - Throws: `ContainerdError`, `.notFound` where there is none.
  public func parent(ofSnapshot key: String, in snapshotter: String) async throws(ContainerdError) -> String {
    var request = Containerd_Services_Snapshots_V1_StatSnapshotRequest()
    request.snapshotter = snapshotter
    request.key = key
    return try await ask("look at snapshot \(key)") { try await snapshots.stat(request, metadata: metadata).info.parent }
  }

  /// Removes a snapshot.
  /// - Throws: `ContainerdError`, `.notFound` where there is none.
  public func removeSnapshot(_ key: String, in snapshotter: String) async throws(ContainerdError) {
    var request = Containerd_Services_Snapshots_V1_RemoveSnapshotRequest()
    request.snapshotter = snapshotter
    request.key = key
    try await ask("remove snapshot \(key)") { _ = try await snapshots.remove(request, metadata: metadata) }
  }
}

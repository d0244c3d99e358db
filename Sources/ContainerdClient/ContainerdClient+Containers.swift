import ContainerdAPI
import GRPCCore
import SwiftProtobuf

/// What containerd is to remember of a container.
public struct ContainerRecord: Sendable, Equatable {
  /// Unique in the namespace.
  public var id: String
  /// The name of the image it is made from, for people and for containerd's garbage collection.
  public var image: String
  /// A runtime's name such as `io.containerd.runc.v2`, or the absolute path of a shim.
  public var runtime: String
  /// The program that the shim of runc calls instead of runc; nil for runc, and for other shims.
  public var ociRuntime: String?
  /// `config.json` of the OCI runtime specification.
  public var specification: String
  /// The snapshotter that has the root file system.
  public var snapshotter: String
  /// The snapshot's name in it.
  public var snapshot: String

  /// - Parameters: as the properties of the same names.
  public init(
    id: String, image: String, runtime: String, ociRuntime: String? = nil, specification: String, snapshotter: String, snapshot: String
  ) {
    self.id = id
    self.image = image
    self.runtime = runtime
    self.ociRuntime = ociRuntime
    self.specification = specification
    self.snapshotter = snapshotter
    self.snapshot = snapshot
  }
}

extension ContainerdClient {
  private var containers: Containerd_Services_Containers_V1_Containers.Client<SocketTransport> { .init(wrapping: grpc) }

  /// Writes a container down; nothing runs of it yet.
  /// - Throws: `ContainerdError`.
  public func create(_ record: ContainerRecord) async throws(ContainerdError) {
    var container = Containerd_Services_Containers_V1_Container()
    container.id = record.id
    container.image = record.image
    container.runtime.name = record.runtime
    if let program = record.ociRuntime {
      var options = Containerd_Runc_V1_Options()
      options.binaryName = program
      container.runtime.options = Self.any("containerd.runc.v1.Options", (try? options.serializedBytes()) ?? [])
    }
    container.spec = Self.any("types.containerd.io/opencontainers/runtime-spec/1/Spec", Array(record.specification.utf8))
    container.snapshotter = record.snapshotter
    container.snapshotKey = record.snapshot
    var request = Containerd_Services_Containers_V1_CreateContainerRequest()
    request.container = container
    try await ask("create container \(record.id)") { _ = try await containers.create(request, metadata: metadata) }
  }

  /// Forgets a container. Its task must be deleted before.
  /// - Throws: `ContainerdError`, `.notFound` where there is none.
  public func delete(container id: String) async throws(ContainerdError) {
    var request = Containerd_Services_Containers_V1_DeleteContainerRequest()
    request.id = id
    try await ask("delete container \(id)") { _ = try await containers.delete(request, metadata: metadata) }
  }

  /// containerd's type addresses have no host in front.
  static func any(_ type: String, _ bytes: [UInt8]) -> Google_Protobuf_Any {
    var any = Google_Protobuf_Any()
    any.typeURL = type
    any.value = .init(bytes)
    return any
  }
}

import Protobuf
import TaskAPI

/// `-info`: what the shim says of itself (containerd 2, api/types/runtime_info.proto). Needs neither a namespace nor a bundle.
enum InformationCommand {
  static func run() -> Int32 {
    let information = RuntimeInfo(name: "io.containerd.wvm.v1", version: RuntimeVersion(version: ShimVersion.text, revision: ""))
    return FileDescriptor.write(information.encode(), to: 1) ? 0 : 71
  }
}

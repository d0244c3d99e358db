import Containers
import Glibc
import OCI

extension Container {
  /// What the mounts at the root are made of, as containerd gave them.
  var layers: [RootFileSystem.Layer] {
    request.rootfs.map { RootFileSystem.Layer(type: $0.type, source: $0.source, options: $0.options) }
  }

  /// Opens what the first process could not open itself; nil where it can.
  /// - Throws: naming what cannot be opened or mounted.
  func openHostMounts() throws(ContainerError) -> HostMounts? {
    guard namespaces.makes(.user) else { return nil }
    let root = RootFileSystem(spec, bundle: bundle, layers: layers, cgroupFolders: .init([]))
    let mounted = layers.isEmpty ? -1 : try openLayers(root)
    do throws(ContainerError) {
      return HostMounts(root: mounted, sources: try root.copiesOfSources())
    } catch {
      if mounted >= 0 { close(mounted) }
      throw error
    }
  }

  /// A process with a mount namespace of its own mounts them, so that the host never sees them, whatever happens to the shim meanwhile.
  private func openLayers(_ root: RootFileSystem) throws(ContainerError) -> Int32 {
    guard let pair = Linux.makeSocketPair() else { throw ContainerError(failed: "make a pair of sockets") }
    defer { close(pair.ours) }
    let process = Linux.fork(flags: Linux.Namespace.mount)
    if process == 0 {
      let channel = InitChannel(descriptor: pair.theirs)
      do throws(ContainerError) { channel.send(.layers(try root.copyOfLayers())) } catch { channel.send(.failed(error.description)) }
      _exit(0)
    }
    close(pair.theirs)
    guard process > 0 else { throw ContainerError(failed: "make a process with a mount namespace of its own") }
    defer { waitpid(process, nil, 0) }
    switch InitChannel(descriptor: pair.ours).receive() {
    case .message(.layers(let mount)) where mount >= 0: return mount
    case .message(.failed(let text)): throw ContainerError(text)
    default: throw ContainerError("the process that mounts the container's root has ended")
    }
  }
}

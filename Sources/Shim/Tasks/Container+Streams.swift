import Containers
import OCI

extension Container {
  /// Opens the standard streams of one of the container's processes.
  /// - Throws: naming what cannot be opened.
  @discardableResult
  func openStreams(of process: TaskProcess) throws(ContainerError) -> StandardStreams {
    let streams = try StandardStreams(
      process.names, owner: owner(process.spec.user), container: id, namespace: context.options.namespace, context.loop, context.log)
    process.streams = streams
    return streams
  }

  /// The host's numbers for a user of the container; nil where there are none.
  private func owner(_ user: RuntimeSpec.User) -> StandardStreams.Owner? {
    guard namespaces.makes(.user) else { return (user.uid, user.gid) }
    guard let number = IDMappings.outside(user.uid, spec.linux.uidMappings),
      let group = IDMappings.outside(user.gid, spec.linux.gidMappings)
    else { return nil }
    return (number, group)
  }
}

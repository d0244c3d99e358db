/// A small first process that a client puts before the container's program (`docker run --init`): it passes signals on and reaps.
///
/// The process that runs a guest does both itself, and no such program could execute a module.
enum InitProgram {
  private static let paths = ["/sbin/docker-init", "/dev/init", "/run/podman-init"]

  /// The words behind it; nil where the first word is none.
  static func wordsBehind(_ arguments: [String]) -> [String]? {
    guard arguments.count > 2, paths.contains(arguments[0]), arguments[1] == "--" else { return nil }
    return Array(arguments[2...])
  }
}

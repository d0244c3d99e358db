/// Which of the two interfaces a module was compiled for.
enum Dialect: Sendable {
  /// `wasi_snapshot_preview1`
  case preview1
  /// `wasi_unstable`, preview 0: another `filestat`, `subscription` and order of `whence`, and no `sock_accept`.
  case unstable

  var moduleName: String {
    switch self {
    case .preview1: "wasi_snapshot_preview1"
    case .unstable: "wasi_unstable"
    }
  }
}

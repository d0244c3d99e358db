import Glibc

/// A bundle: a folder with `config.json` and the root file system beside it, as `runc run --bundle` takes it.
public enum Bundle {
  /// Writes the bundle; the specification's relative root path is taken below `folder`.
  ///
  /// - Throws: `OCIError`; what was written before stays, for the caller to remove with the folder.
  public static func write(to folder: String, files: [ImageFile], specification: RuntimeSpec) throws(OCIError) {
    let root = specification.root.path.hasPrefix("/") ? specification.root.path : folder + "/" + specification.root.path
    try File.makeFolder(root)
    for file in files {
      try file.check()
      let parent = file.path.split(separator: "/").dropLast().joined(separator: "/")
      switch file.content {
      case .folder: try File.makeFolder(root + file.path)
      case .link(let target):
        try File.makeFolder(root + "/" + parent)
        try File.link(root + file.path, to: target)
      case .file, .bytes:
        try File.makeFolder(root + "/" + parent)
        try File.write(try file.read(), to: root + file.path, mode: mode_t(file.mode & 0o7777))
      }
    }
    try File.write(Array(specification.json.utf8), to: folder + "/config.json")
  }
}

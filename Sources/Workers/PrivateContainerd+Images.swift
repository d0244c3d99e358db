import FoundationEssentials
import OCI
import Observations

/// An image of one program of a workload, in the run's containerd.
struct GuestImage {
  /// Its name in containerd.
  var reference: String
  /// The program's path inside.
  var entry: String
  /// The snapshot of its file system that every container's is made on.
  var snapshot: String
}

extension PrivateContainerd {
  /// The image of a workload's program, made and imported at the first call.
  /// - Throws: `RuntimeUnavailable` where there is no such program, or containerd does not take it.
  func image(of workload: Workload, _ program: ProgramKind) throws -> GuestImage {
    let key = "\(workload.name) \(program.rawValue)"
    if let known = images[key] { return known }
    let root = try GuestRoot(workload, program)
    let reference = "harness.local/guest-\(images.count):1"
    let archive = "\(folder)/image.tar"
    defer { try? FileManager.default.removeItem(atPath: archive) }
    try OCIImage.write(
      to: archive, files: root.files, entrypoint: [root.entry], workingFolder: GuestRoot.workFolder, reference: reference)
    // The only layer, which is not compressed: its digest is the name of its snapshot (image specification, "Layer ChainID").
    guard let layer = try ImageLayout(path: archive).images.first?.layers.first else {
      throw RuntimeUnavailable(reason: "the image of \(workload.name) has no layer", remedy: "tell us: this is a defect of ours")
    }
    try importImage(archive)
    let image = GuestImage(reference: reference, entry: root.entry, snapshot: layer.digest)
    images[key] = image
    return image
  }

  /// The guest's program as containerd unpacked it, wherever the snapshotter keeps it.
  func files(of image: GuestImage) -> [String] {
    let snapshots = "\(folder)/root/io.containerd.snapshotter.v1.\(snapshotter)/snapshots"
    return SystemFile.entries(snapshots).flatMap { ["\(snapshots)/\($0)/fs\(image.entry)", "\(snapshots)/\($0)\(image.entry)"] }
      .filter(SystemFile.exists)
  }
}

import OCI

// Version 1, Documentation/admin-guide/cgroup-v1/blkio-controller.rst.
extension Cgroup {
  func applyBlockDevices(_ resources: RuntimeSpec.Resources) throws(ContainerError) {
    guard resources.blockWeight.said != nil || !resources.blockThrottles.isEmpty else { return }
    let folder = try folder("blkio", for: "linux.resources.blockIO")
    if let weight = resources.blockWeight.said {
      // The file's name depends on the scheduler.
      try folder.set(folder.exists("blkio.weight") ? "blkio.weight" : "blkio.bfq.weight", String(weight))
    }
    for throttle in resources.blockThrottles {
      try folder.set("blkio.throttle.\(throttle.kind.fileName)_device", "\(throttle.major):\(throttle.minor) \(throttle.rate)")
    }
  }
}

extension RuntimeSpec.BlockThrottle.Kind {
  fileprivate var fileName: String {
    switch self {
    case .readBps: "read_bps"
    case .writeBps: "write_bps"
    case .readIOPS: "read_iops"
    case .writeIOPS: "write_iops"
    }
  }

  /// Its word in the unified hierarchy's io.max.
  var unifiedName: String {
    switch self {
    case .readBps: "rbps"
    case .writeBps: "wbps"
    case .readIOPS: "riops"
    case .writeIOPS: "wiops"
    }
  }
}

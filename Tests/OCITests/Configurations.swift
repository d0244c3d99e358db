import Foundation
import TestSupport

/// The files of `configurations/`. `ctr*.json` are what `ctr run` of containerd 1.6 wrote; `docker.json` and `cri.json` have what Docker
/// and a Kubernetes node ask for besides, every member of the specification at least once.
enum Configurations {
  static let folder = Checkout.top + "/Tests/OCITests/configurations"
  static let names = ["ctr", "ctr-seccomp", "docker", "cri"]

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).json")))
  }
}

import Glibc
import TestSupport
import Testing

@testable import Containers

@Suite("Keys and labels of a container's processes")
struct SessionKeyringTests {
  /// keyctl(2): KEYCTL_GET_KEYRING_ID of the session keyring, without making one.
  private static func session() -> Int { systemCall(250, 0, -3, 0, 0, 0) }
  static let hasKeys = session() >= 0 || errno != ENOSYS

  @Test(.enabled(if: hasKeys, "this kernel has no keys")) func `a process leaves the session keyring it was born with`() {
    let code = Child.run {
      let before = Self.session()
      do throws(ContainerError) { try SessionKeyring.join("_ses.test.\(getpid())") } catch { return 1 }
      let after = Self.session()
      return after > 0 && after != before ? 0 : 2
    }
    #expect(code == 0)
  }

  @Test(.enabled(if: hasKeys, "this kernel has no keys")) func `another name is another keyring`() {
    let name = "_ses.test.\(getpid())"
    let said = Child.text {
      guard (try? SessionKeyring.join(name)) != nil else { return "refused" }
      let first = Self.session()
      guard (try? SessionKeyring.join(name + ".other")) != nil else { return "refused" }
      let other = Self.session()
      return "\(first == other)"
    }
    #expect(said == "false")
  }

  static let hasModules = access("/sys/module/apparmor/parameters/enabled", F_OK) == 0 || access("/sys/fs/selinux/enforce", F_OK) == 0

  @Test(.enabled(if: !hasModules, "this kernel has a security module")) func `labels that nobody would obey are refused`() {
    func refusal(profile: String? = nil, label: String? = nil) -> String? {
      do throws(ContainerError) {
        try SecurityLabels(.init(args: [], env: [], capabilities: .init([]), apparmorProfile: profile, selinuxLabel: label)).check()
      } catch { return error.description }
      return nil
    }
    #expect(refusal() == nil)
    #expect(refusal(profile: "", label: "") == nil)
    #expect(refusal(profile: "unconfined") == nil)
    #expect(refusal(profile: "cri-containerd.apparmor.d")?.contains("AppArmor") == true)
    #expect(refusal(label: "system_u:system_r:container_t:s0")?.contains("SELinux") == true)
  }
}

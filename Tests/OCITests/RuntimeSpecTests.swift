import JSON
import Testing

@testable import OCI

@Suite("The runtime specification's config.json")
struct RuntimeSpecTests {
  @Test func `says what was asked for`() throws {
    let specification = RuntimeSpec.minimal(
      arguments: ["/guest", "two words", "\"quoted\"\n"], environment: ["A=ü"], readonlyRoot: true, workingFolder: "/work",
      cgroupsPath: "/run-1/a", mounts: [.bind("/host", to: "/guest-folder")],
      resources: .init(memoryLimit: 1 << 40, cpuQuota: 50_000, cpuPeriod: 100_000, pidsLimit: 5))
    let document = try JSONValue(reading: specification.json)
    #expect(document["ociVersion"]?.string == "1.0.2")
    #expect(document["process"]?["args"]?.array?.compactMap(\.string) == ["/guest", "two words", "\"quoted\"\n"])
    #expect(document["process"]?["env"]?.array?.compactMap(\.string) == ["A=ü"])
    #expect(document["process"]?["cwd"]?.string == "/work")
    #expect(document["process"]?["terminal"]?.bool == false)
    #expect(document["process"]?["noNewPrivileges"]?.bool == true)
    #expect(document["root"]?["readonly"]?.bool == true)
    #expect(document["linux"]?["cgroupsPath"]?.string == "/run-1/a")
    #expect(document["linux"]?["resources"]?["memory"]?["limit"]?.integer == 1 << 40)
    #expect(document["linux"]?["resources"]?["cpu"]?["quota"]?.integer == 50_000)
    #expect(document["linux"]?["resources"]?["pids"]?["limit"]?.integer == 5)
    #expect(document["mounts"]?.array?.last?["destination"]?.string == "/guest-folder")
  }

  @Test func `leaves out what was not asked for`() throws {
    let document = try JSONValue(reading: RuntimeSpec.minimal(arguments: ["/guest"]).json)
    #expect(document["linux"]?["cgroupsPath"] == nil)
    #expect(document["linux"]?["resources"]?["memory"] == nil)
    #expect(document["hostname"] == nil)
  }

  @Test func `reads back what it wrote`() throws {
    let written = RuntimeSpec.minimal(
      arguments: ["/guest", "\"quoted\"\n"], environment: ["A=ü"], cgroupsPath: "/run-1/a",
      resources: .init(memoryLimit: 1 << 40, pidsLimit: 5))
    #expect(try RuntimeSpec(reading: Array(written.json.utf8), path: "config.json") == written)
  }
}

import Foundation
import Observations
import Testing

@testable import Coordinator

@Suite struct SchemaTests {
  private func schema(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(repository)/scenarios/\(name).schema.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func properties(_ path: String..., of schema: [String: Any]) throws -> Set<String> {
    var node = schema
    for key in path { node = try #require(node[key] as? [String: Any], "\(key)") }
    return Set(try #require(node["properties"] as? [String: Any]).keys)
  }

  @Test func the_scenario_schema_names_the_keys_the_reader_knows() throws {
    let schema = try schema("scenario")
    #expect(try properties(of: schema) == Set(ScenarioKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "workload", of: schema) == Set(WorkloadKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "workload", "properties", "expected", of: schema) == Set(ExpectationKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "difference", of: schema) == Set(DifferenceKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "workload", "properties", "churn", of: schema) == Set(ChurnKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "workload", "properties", "load", of: schema) == Set(LoadKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "suite", of: schema) == Set(SuiteKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "proposal", of: schema) == Set(ProposalKey.allCases.map(\.rawValue)))
    #expect(try properties("properties", "guests", of: schema) == Set(GuestTemplateKey.allCases.map(\.rawValue)))
  }

  @Test func the_runtimes_schema_names_the_keys_the_reader_knows() throws {
    let schema = try schema("runtimes")
    #expect(try properties(of: schema) == Set(CatalogKey.allCases.map(\.rawValue)))
    #expect(try properties("$defs", "runtime", of: schema) == Set(RuntimeKey.allCases.map(\.rawValue)))
  }

  @Test func the_schema_bounds_numbers_as_the_reader_does() throws {
    let properties = try #require(try schema("scenario")["properties"] as? [String: [String: Any]])
    #expect(properties["blocks"]?["minimum"] as? Int == Scenario.blockRange.lowerBound)
    #expect(properties["blocks"]?["maximum"] as? Int == Scenario.blockRange.upperBound)
    let definitions = try #require(try schema("scenario")["$defs"] as? [String: Any])
    let workload = try #require((definitions["workload"] as? [String: Any])?["properties"] as? [String: [String: Any]])
    let churn = try #require(workload["churn"]?["properties"] as? [String: [String: Any]])
    #expect(workload["density"]?["maximum"] as? Int == Scenario.densityRange.upperBound)
    #expect(churn["tasks"]?["maximum"] as? Int == Churn.taskRange.upperBound)
    #expect(churn["parallel"]?["maximum"] as? Int == Churn.laneRange.upperBound)
    let load = try #require(workload["load"]?["properties"] as? [String: [String: Any]])
    #expect(load["rate"]?["minimum"] as? Double == Load.rateRange.lowerBound)
    #expect(load["rate"]?["maximum"] as? Double == Load.rateRange.upperBound)
    #expect(load["tasks"]?["maximum"] as? Int == Load.taskRange.upperBound)
    #expect(load["parallel"]?["maximum"] as? Int == Load.laneRange.upperBound)
    #expect(properties["seed"]?["maximum"] as? Int == Scenario.seedRange.upperBound)
  }

  @Test(arguments: [
    "startup", "memory", "sightglass", "gate", "counts", "containers", "density", "churn", "throughput", "jit", "spec", "wasi",
  ])
  func a_shipped_scenario_is_read_without_a_problem(name: String) throws {
    let checkout = Checkout(bin: repository, root: repository)
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let scenario = try ScenarioReader.read("\(repository)/scenarios/\(name).yaml", checkout: checkout, catalog: catalog)
    #expect(scenario.name == name)
    #expect(scenario.workloads.allSatisfy { $0.expected.output != nil }, "every shipped workload checks its answer")
  }

  @Test func the_shipped_catalog_has_every_runtime_and_says_how_to_get_it() throws {
    let catalog = try RuntimeCatalog.read("\(repository)/scenarios/runtimes.yaml")
    #expect(
      catalog.names == [
        "interpreter", "jit", "jit-baseline", "jit-cached", "instances", "instances-interpreter", "native", "runc-direct", "runc",
        "shim-interpreter", "shim-jit", "crun",
        "runc-tasks", "shim-tasks", "shim-jit-tasks", "crun-tasks", "wasmtime", "wasmtime-pulley", "wasmtime-winch", "wasmtime-compiled",
        "winch-compiled", "wasmkit",
        "wasm3", "node",
      ])
    #expect(catalog.entries.allSatisfy { !$0.get.isEmpty && !$0.summary.isEmpty })
  }

  /// Whether Python with PyYAML and jsonschema is here; nobody needs them to use the harness.
  static let hasValidator = status(of: ["python3", "-c", "import yaml, jsonschema"]) == 0

  @Test(
    .enabled(if: hasValidator, "python3 with yaml and jsonschema is not installed"),
    arguments: [
      ("scenario", "startup"), ("scenario", "memory"), ("scenario", "sightglass"), ("scenario", "gate"), ("scenario", "containers"),
      ("scenario", "density"), ("scenario", "churn"), ("scenario", "throughput"), ("scenario", "jit"), ("runtimes", "runtimes"),
    ])
  func shipped_files_validate_against_their_schema(schema: String, file: String) {
    let program = """
      import json, sys, yaml, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(open(sys.argv[2])))
      """
    let folder = "\(repository)/scenarios"
    #expect(Self.status(of: ["python3", "-c", program, "\(folder)/\(schema).schema.json", "\(folder)/\(file).yaml"]) == 0)
  }

  @Test(.enabled(if: hasValidator, "python3 with yaml and jsonschema is not installed"))
  func the_runtimes_schema_refuses_what_the_reader_refuses() throws {
    let program = """
      import json, sys, yaml, jsonschema
      validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
      for entry in sys.argv[2:]:
        if validator.is_valid(yaml.safe_load("runtimes:\\n  " + entry)): sys.exit("accepted: " + entry)
      """
    // That an OCI runtime's executable is called runc is no matter of a schema.
    let broken = RuntimeCatalogTests.broken.map(\.entry).filter { !$0.contains("crun") }
    #expect(Self.status(of: ["python3", "-c", program, "\(repository)/scenarios/runtimes.schema.json"] + broken) == 0)
  }

  private static func status(of command: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }
}

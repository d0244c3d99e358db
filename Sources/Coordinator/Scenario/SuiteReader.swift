import Yams

/// Reads what a scenario file asks of a suite: its key `conformance`.
struct SuiteReader {
  let document: YAMLDocument
  let catalog: RuntimeCatalog
  /// The absolute path of a file that a node names; a file that is not there becomes a problem of the document.
  let file: (Node, String) -> String?

  /// What has no meaning where a suite's tests are the workloads.
  private static let measuringKeys: [ScenarioKey] = [
    .blocks, .precision, .maximumBlocks, .metrics, .subtract, .workloads, .guests, .differences, .thresholds,
  ]

  /// Nil where the scenario has no such key, or one that makes no sense.
  func request(_ fields: Fields<ScenarioKey>) -> SuiteRequest? {
    guard let node = fields.node(.conformance) else { return nil }
    guard let mapping = node.mapping else {
      document.problem(
        "\"conformance\" must be keys and values (for instance: conformance: {suite: wasi}), found \(kind(of: node))", at: node)
      return nil
    }
    for key in Self.measuringKeys {
      guard let node = fields.node(key) else { continue }
      document.problem("\"\(key.rawValue)\" means nothing with \"conformance\", whose tests are run once and not measured", at: node)
    }
    let suite = Fields<SuiteKey>(mapping, in: document, of: "conformance")
    guard suite.required(.suite, of: "conformance", like: "wasi") != nil,
      let kind = suite.choice(.suite, of: SuiteRequest.Kind.self)
    else { return nil }
    var request = SuiteRequest(kind: kind)
    request.files = suite.node(.files).flatMap { file($0, "files") }
    request.expectations = expectations(suite)
    let listed = kind == .spec ? suite.required(.proposals, of: "conformance", like: "[{name: core}]") : suite.node(.proposals)
    if let listed { request.proposals = proposals(listed, of: kind) }
    return request
  }

  private func expectations(_ suite: Fields<SuiteKey>) -> [String: String] {
    guard let node = suite.node(.expectations) else { return [:] }
    guard let mapping = node.mapping else {
      document.problem(
        "\"expectations\" must be runtimes and files (for instance: expectations: {wasmtime: wasmtime.toml}), found \(kind(of: node))",
        at: node)
      return [:]
    }
    var paths: [String: String] = [:]
    for (key, value) in mapping {
      guard let name = document.text(key, for: "a runtime's name"), let path = file(value, name) else { continue }
      if !catalog.names.contains(name) {
        document.problem("unknown runtime \"\(name)\"\(suggestion(for: name, among: catalog.names))", at: key)
      }
      paths[name] = path
    }
    return paths
  }

  private func proposals(_ node: Node, of suite: SuiteRequest.Kind) -> [SuiteRequest.Proposal] {
    guard suite == .spec, let sequence = node.sequence, !sequence.isEmpty else {
      document.problem("\"proposals\" is a list, and only the suite spec has some (for instance: proposals: [{name: core}])", at: node)
      return []
    }
    return sequence.compactMap { entry in
      guard let mapping = entry.mapping else {
        document.problem("a proposal must be keys and values (for instance: - name: core), found \(kind(of: entry))", at: entry)
        return nil
      }
      let fields = Fields<ProposalKey>(mapping, in: document, of: "a proposal")
      guard let name = fields.required(.name, of: "a proposal", like: "core").flatMap({ document.identifier($0, for: "name") }) else {
        return nil
      }
      return SuiteRequest.Proposal(
        name: name, folder: fields.text(.folder) ?? ".", enable: fields.texts(.enable) ?? [], disable: fields.texts(.disable) ?? [])
    }
  }
}

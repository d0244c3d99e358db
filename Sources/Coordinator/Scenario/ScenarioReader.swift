import Foundation
import Observations
import Yams

/// Reads a scenario file into a `Scenario`, or throws every problem it found with its line and column.
public struct ScenarioReader {
  /// Where guests and runtimes named in the file are looked up.
  private let checkout: Checkout
  private let catalog: RuntimeCatalog
  private let document: YAMLDocument
  /// Folder of the scenario file: relative paths start here.
  private let folder: String

  /// - Throws: `CoordinatorError` with `.badData`.
  public static func read(_ path: String, checkout: Checkout, catalog: RuntimeCatalog) throws -> Scenario {
    let reader = ScenarioReader(path: path, checkout: checkout, catalog: catalog)
    let root = try reader.document.root()
    let scenario = reader.scenario(root)
    try reader.document.throwProblems()
    guard let scenario else { throw CoordinatorError(.defect, "\(path): unreadable without a reason given") }
    return scenario
  }

  private init(path: String, checkout: Checkout, catalog: RuntimeCatalog) {
    self.checkout = checkout
    self.catalog = catalog
    document = YAMLDocument(path: path)
    folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  private func scenario(_ root: Node.Mapping) -> Scenario? {
    let fields = Fields<ScenarioKey>(root, in: document, of: "a scenario")
    let name = fields.required(.name, of: "a scenario", like: "startup").flatMap { document.identifier($0, for: "name") }
    let runtimes = fields.required(.runtimes, of: "a scenario", like: "[interpreter, runc]").flatMap { runtimeNames($0) }
    let guests = guestTemplate(fields)
    let conformance = SuiteReader(document: document, catalog: catalog, file: file).request(fields)
    let timeLimit = fields.node(.timeLimit).flatMap { document.seconds($0, for: "timeLimit", in: Scenario.timeLimitRange) } ?? 60
    let workloads = workloads(
      fields, mayBeAbsent: guests != nil || fields.node(.conformance) != nil, runtimes: runtimes, timeLimit: timeLimit)
    // A test is run once.
    let blocks = fields.whole(.blocks, in: Scenario.blockRange, like: "30") ?? (fields.node(.conformance) == nil ? 30 : 1)
    let precision = fields.node(.precision).flatMap { document.share($0, for: "precision", in: Scenario.precisionRange) }
    var scenario = Scenario(
      path: document.path, name: name ?? "", title: fields.text(.title) ?? name ?? "",
      blocks: blocks, precision: precision, maximumBlocks: maximumBlocks(fields, blocks: blocks),
      timeLimit: timeLimit,
      cache: fields.choice(.cache, of: CacheState.self) ?? .warm,
      seed: fields.whole(.seed, in: Scenario.seedRange, like: "1").map(UInt64.init),
      baseline: member(fields, .baseline, of: runtimes, called: "runtimes"),
      metrics: metrics(fields), subtract: member(fields, .subtract, of: workloads.map(\.name), called: "workloads"),
      runtimes: runtimes ?? [], workloads: workloads, guests: guests,
      differences: differences(fields, workloads: workloads.map(\.name)), thresholds: thresholds(fields))
    scenario.conformance = conformance
    return scenario
  }

  // MARK: Parts

  private func maximumBlocks(_ fields: Fields<ScenarioKey>, blocks: Int) -> Int {
    let given = fields.whole(.maximumBlocks, in: Scenario.blockRange, like: "60")
    if let node = fields.node(.maximumBlocks), let given {
      if fields.node(.precision) == nil {
        document.problem("\"maximumBlocks\" means nothing without \"precision\" (for instance: precision: 1 %)", at: node)
      } else if given < blocks {
        document.problem("\"maximumBlocks\" is \(given), less than \"blocks\", which is \(blocks)", at: node)
      }
    }
    return given ?? max(blocks, Scenario.usualMaximumBlocks)
  }

  private func runtimeNames(_ node: Node) -> [String]? {
    guard let sequence = node.sequence else {
      document.problem("\"runtimes\" must be a list (for instance: runtimes: [interpreter, runc]), found \(kind(of: node))", at: node)
      return nil
    }
    if sequence.isEmpty { document.problem("\"runtimes\" names no runtime", at: node) }
    var names: [String] = []
    for entry in sequence {
      guard let name = document.text(entry, for: "an entry of runtimes") else { continue }
      if !catalog.names.contains(name) {
        document.problem("unknown runtime \"\(name)\"\(suggestion(for: name, among: catalog.names))", at: entry)
      } else if names.contains(name) {
        document.problem("runtime \"\(name)\" is named twice", at: entry)
      } else {
        names.append(name)
      }
    }
    return names
  }

  private func member(_ fields: Fields<ScenarioKey>, _ key: ScenarioKey, of names: [String]?, called: String) -> String? {
    guard let node = fields.node(key), let name = document.text(node, for: key.rawValue), let names else { return nil }
    if !names.contains(name) {
      document.problem(
        "\"\(key.rawValue)\" must be one of the scenario's \(called); found \"\(name)\"\(suggestion(for: name, among: names))", at: node)
    }
    return name
  }

  private func metrics(_ fields: Fields<ScenarioKey>) -> [Metric] {
    guard let node = fields.node(.metrics) else { return [.wallTime] }
    guard let names = document.texts(node, for: "metrics") else { return [] }
    if names.isEmpty {
      document.problem("\"metrics\" names no metric (known: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")))", at: node)
    }
    var metrics: [Metric] = []
    for entry in node.sequence ?? [] {
      guard let name = entry.scalar?.string else { continue }
      guard let metric = Metric(named: name) else {
        document.problem("unknown metric \"\(name)\"\(suggestion(for: name, among: Metric.allCases.map(\.rawValue)))", at: entry)
        continue
      }
      if metrics.contains(metric) { document.problem("metric \"\(name)\" is named twice", at: entry) }
      metrics.append(metric)
    }
    return metrics
  }

  private func guestTemplate(_ fields: Fields<ScenarioKey>) -> GuestTemplate? {
    guard let node = fields.node(.guests) else { return nil }
    guard let mapping = node.mapping else {
      document.problem("\"guests\" must be keys and values (for instance: guests: {directory: .}), found \(kind(of: node))", at: node)
      return nil
    }
    let fields = Fields<GuestTemplateKey>(mapping, in: document, of: "guests")
    if let node = fields.node(.directory), let path = node.scalar?.string { _ = isGuestPath(path, at: node) }
    return GuestTemplate(
      arguments: fields.texts(.arguments) ?? [], environment: fields.variables(.environment) ?? [:], directory: fields.text(.directory))
  }

  private func workloads(_ fields: Fields<ScenarioKey>, mayBeAbsent: Bool, runtimes: [String]?, timeLimit: Double)
    -> [ScenarioWorkload]
  {
    guard let node = mayBeAbsent ? fields.node(.workloads) : fields.required(.workloads, of: "a scenario", like: "[{guest: hello}]") else {
      return []
    }
    guard let sequence = node.sequence else {
      document.problem("\"workloads\" must be a list (for instance: workloads: [{guest: hello}]), found \(kind(of: node))", at: node)
      return []
    }
    if sequence.isEmpty, !mayBeAbsent { document.problem("\"workloads\" holds no workload", at: node) }
    var workloads: [ScenarioWorkload] = []
    for entry in sequence {
      guard let mapping = entry.mapping else {
        document.problem("a workload must be keys and values (for instance: - guest: hello), found \(kind(of: entry))", at: entry)
        continue
      }
      guard let workload = workload(mapping, runtimes: runtimes, timeLimit: timeLimit) else { continue }
      if workloads.contains(where: { $0.name == workload.name }) {
        document.problem("two workloads are called \"\(workload.name)\"; give one another \"name\"", at: entry)
      }
      workloads.append(workload)
    }
    return workloads
  }

  private func workload(_ mapping: Node.Mapping, runtimes: [String]?, timeLimit: Double) -> ScenarioWorkload? {
    let fields = Fields<WorkloadKey>(mapping, in: document, of: "a workload")
    let guest = fields.node(.guest).flatMap { node in document.identifier(node, for: "guest").flatMap { self.guest($0, at: node) } }
    let module = fields.node(.module).flatMap { file($0, for: "module") }
    let native = fields.node(.native).flatMap { file($0, for: "native") }
    if fields.node(.guest) == nil, fields.node(.module) == nil, fields.node(.native) == nil {
      document.problem("a workload needs \"guest\" (a name from scenarios/guests), \"module\" or \"native\" (paths)", at: mapping)
    }
    let given = fields.node(.name).flatMap { document.identifier($0, for: "name") }
    let fallback = guest?.name ?? (module ?? native).map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    guard let workloadName = given ?? fallback else { return nil }
    var workload = ScenarioWorkload(
      name: workloadName, module: module ?? guest?.module, native: native ?? guest?.native,
      arguments: fields.texts(.arguments) ?? guest?.arguments() ?? [],
      environment: fields.variables(.environment) ?? [:], input: fields.text(.input) ?? guest?.input(),
      folders: folders(fields),
      directory: directory(fields), runtimes: subset(fields, of: runtimes))
    workload.cache = fields.choice(.cache, of: CacheState.self)
    workload.density = fields.whole(.density, in: Scenario.densityRange, like: "50")
    workload.churn = churn(fields)
    workload.load = load(fields, timeLimit: timeLimit)
    if workload.density != nil, workload.churn != nil, let node = fields.node(.churn) {
      document.problem("give \"density\" or \"churn\", not both: an instance that is held does not come and go", at: node)
    }
    if workload.load != nil, let node = fields.node(.load),
      let other = workload.density != nil ? "density" : workload.churn.map({ _ in "churn" })
    {
      document.problem("give \"\(other)\" or \"load\", not both: a load begins its tasks at moments of its own", at: node)
    }
    workload.repeats = fields.flag(.repeats) ?? false
    if workload.repeats, let node = fields.node(.repeats),
      let other = [WorkloadKey.density, .churn, .load].first(where: { fields.node($0) != nil })
    {
      document.problem("give \"\(other.rawValue)\" or \"repeats\", not both: repetitions are those of one process", at: node)
    }
    if workload.density != nil, let node = fields.node(.input) {
      document.problem(
        "\"input\" means nothing with \"density\", whose instances wait for the end of an input that has nothing in it", at: node)
    }
    checkRoad(of: workload, fields, runtimes)
    // A guest's right answer belongs to what the guest is given by default.
    let asGiven = fields.node(.arguments) == nil && fields.node(.input) == nil
    workload.expected = expectation(fields, fallback: asGiven ? guest?.expectedOutput() : nil)
    if let node = fields.node(.density), workload.density != nil, workload.expected.output?.isEmpty != false {
      document.problem(
        "\"density\" needs an output to expect (for instance: expected: {output: \"touched 4 MiB\\n\"}): an instance is held when it has said that",
        at: node)
    }
    return workload
  }

  private func churn(_ fields: Fields<WorkloadKey>) -> Churn? {
    guard let node = fields.node(.churn) else { return nil }
    guard let mapping = node.mapping else {
      document.problem(
        "\"churn\" must be keys and values (for instance: churn: {tasks: 100, parallel: 4}), found \(kind(of: node))", at: node)
      return nil
    }
    let keys = Fields<ChurnKey>(mapping, in: document, of: "churn")
    guard keys.required(.tasks, of: "churn", like: "100") != nil,
      let tasks = keys.whole(.tasks, in: Churn.taskRange, like: "100")
    else { return nil }
    let parallel = keys.whole(.parallel, in: Churn.laneRange, like: "4") ?? 1
    if let node = keys.node(.parallel), parallel > tasks {
      document.problem("\"parallel\" is \(parallel), more than \"tasks\", which is \(tasks)", at: node)
    }
    return Churn(tasks: tasks, parallel: parallel)
  }

  /// - Parameter timeLimit: seconds; a trial that is over before its last task is begun says nothing, again and again.
  private func load(_ fields: Fields<WorkloadKey>, timeLimit: Double) -> Load? {
    guard let node = fields.node(.load) else { return nil }
    guard let mapping = node.mapping else {
      document.problem(
        "\"load\" must be keys and values (for instance: load: {rate: 50, tasks: 200}), found \(kind(of: node))", at: node)
      return nil
    }
    let keys = Fields<LoadKey>(mapping, in: document, of: "load")
    let rate = keys.required(.rate, of: "load", like: "50").flatMap { document.decimal($0, for: "rate", in: Load.rateRange, like: "50") }
    let tasks = keys.required(.tasks, of: "load", like: "200").flatMap { document.whole($0, for: "tasks", in: Load.taskRange, like: "200") }
    let parallel = keys.whole(.parallel, in: Load.laneRange, like: "1")
    guard let rate, let tasks else { return nil }
    let load = Load(rate: rate, tasks: tasks, parallel: parallel)
    if load.duration >= timeLimit {
      document.problem(
        "\"load\" takes \(Int(load.duration.rounded(.up))) s to begin its tasks, longer than \"timeLimit\": give that more seconds, or fewer tasks",
        at: node)
    }
    return load
  }

  /// Only the path `tasks` knows of many tasks in one trial; bare processes can be held, too.
  private func checkRoad(of workload: ScenarioWorkload, _ fields: Fields<WorkloadKey>, _ runtimes: [String]?) {
    let key: WorkloadKey = workload.density != nil ? .density : workload.churn != nil ? .churn : .load
    guard workload.density != nil || workload.churn != nil || workload.load != nil, let node = fields.node(key),
      let names = workload.runtimes ?? runtimes
    else {
      return
    }
    for name in names {
      guard let entry = catalog.entry(named: name) else { continue }
      if let density = workload.density, entry.path == .tasks || entry.path == .process {
        if density > Scenario.mostProcesses, !entry.holdsInstances {
          document.problem(
            "\"density\" is \(density), and \(name) takes \(Scenario.mostProcesses) at most: only runtimes that hold all instances in one process take more",
            at: node)
        }
      } else if entry.path != .tasks {
        let paths = key == .density ? "tasks or process" : "tasks"
        document.problem(
          "\"\(key.rawValue)\" needs runtimes on the path \(paths); \(name) is on the path \(entry.path.rawValue): name others under the workload's \"runtimes\"",
          at: node)
      }
    }
  }

  private func subset(_ fields: Fields<WorkloadKey>, of runtimes: [String]?) -> [String]? {
    guard let node = fields.node(.runtimes), let names = runtimeNames(node) else { return nil }
    for entry in node.sequence ?? [] {
      guard let runtimes, let name = entry.scalar?.string, names.contains(name), !runtimes.contains(name) else { continue }
      document.problem("runtime \"\(name)\" is not among the scenario's runtimes; add it there too", at: entry)
    }
    return names
  }

  /// Guest paths of fresh folders, each another one.
  private func folders(_ fields: Fields<WorkloadKey>) -> [String] {
    guard let node = fields.node(.folders), let entries = document.texts(node, for: "folders") else { return [] }
    var places: Set<[Substring]> = []
    for entry in node.sequence ?? [] {
      guard let path = entry.scalar?.string, isGuestPath(path, at: entry) else { continue }
      let isAbsolute = path.hasPrefix("/")
      let place = (isAbsolute ? ["/"] : []) + path.split(separator: "/").filter { $0 != "." }
      if isAbsolute, place.count == 1 {
        document.problem("a folder of the guest cannot be its root (for instance: folders: [/data])", at: entry)
      } else if !places.insert(place).inserted {
        document.problem("folder \"\(path)\" is named twice", at: entry)
      }
    }
    return entries
  }

  /// A place a folder can have in a guest: named, without a way out, and without the mark between the two halves of a mapping.
  private func isGuestPath(_ path: String, at node: Node) -> Bool {
    let parts = path.split(separator: "/")
    if path.isEmpty || parts.contains("..") || path.contains("::") {
      document.problem("\"\(path)\" cannot be a folder of the guest: its path is not empty and has neither \"..\" nor \"::\"", at: node)
      return false
    }
    return true
  }

  /// `HOST::GUEST` or `HOST`, the host path relative to the scenario file.
  private func directory(_ fields: Fields<WorkloadKey>) -> WorkingDirectory? {
    guard let node = fields.node(.directory), let text = document.text(node, for: "directory") else { return nil }
    let parts = text.split(separator: "::", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      document.problem("\"directory\" must be HOST or HOST::GUEST, found \"\(text)\"", at: node)
      return nil
    }
    let host = absolutePath(parts[0], from: folder)
    guard isFolder(host) else {
      document.problem("no folder at \(host)", at: node)
      return nil
    }
    let guest = parts.count == 2 ? parts[1] : "."
    return isGuestPath(guest, at: node) ? WorkingDirectory(host: host, guest: guest) : nil
  }

  private func file(_ node: Node, for key: String) -> String? {
    guard let text = document.text(node, for: key) else { return nil }
    let path = absolutePath(text, from: folder)
    guard isFile(path) else {
      document.problem("no file at \(path) (\"\(key)\" paths are relative to the scenario file)", at: node)
      return nil
    }
    return path
  }

  private func guest(_ name: String, at node: Node) -> Guest? {
    if let guest = checkout.guest(named: name, besideScenarioIn: folder) { return guest }
    let known = checkout.guestNames(besideScenarioIn: folder)
    document.problem(
      "no guest \"\(name)\" in \(checkout.guestFolders(besideScenarioIn: folder).joined(separator: " or "))\(suggestion(for: name, among: known))",
      at: node)
    return nil
  }

  private func expectation(_ fields: Fields<WorkloadKey>, fallback: String?) -> Expectation {
    guard let node = fields.node(.expected) else { return Expectation(output: fallback) }
    guard let mapping = node.mapping else {
      document.problem(
        "\"expected\" must be keys and values (for instance: expected: {output: \"hello\\n\"}), found \(kind(of: node))", at: node)
      return Expectation()
    }
    let expected = Fields<ExpectationKey>(mapping, in: document, of: "expected")
    var output = expected.node(.output).flatMap { document.text($0, for: "output", mayBeEmpty: true) }
    if let node = expected.node(.file), let path = file(node, for: "file") {
      if output != nil { document.problem("give \"output\" or \"file\", not both", at: node) }
      output = textFile(path)
      if output == nil { document.problem("\(path) cannot be read as UTF-8 text", at: node) }
    }
    let exitCode = expected.whole(.exitCode, in: 0...255, like: "0") ?? 0
    if output == nil, expected.node(.output) == nil, expected.node(.file) == nil { output = fallback }
    return Expectation(output: output, exitCode: Int32(exitCode))
  }

  private func differences(_ fields: Fields<ScenarioKey>, workloads: [String]) -> [ExpectedDifference] {
    guard let node = fields.node(.differences) else { return [] }
    guard let sequence = node.sequence else {
      document.problem("\"differences\" must be a list, found \(kind(of: node))", at: node)
      return []
    }
    return sequence.compactMap { entry in
      guard let mapping = entry.mapping else {
        document.problem("a difference must be keys and values, found \(kind(of: entry))", at: entry)
        return nil
      }
      let fields = Fields<DifferenceKey>(mapping, in: document, of: "a difference")
      let metric = fields.choice(.metric, of: Metric.self)
      if fields.node(.metric) == nil { _ = fields.required(.metric, of: "a difference", like: "peak-memory") }
      let names = [DifferenceKey.workload, .above].map { key -> String? in
        guard let node = fields.required(key, of: "a difference", like: workloads.first ?? "hello"),
          let name = document.text(node, for: key.rawValue)
        else { return nil }
        if !workloads.contains(name) {
          document.problem("unknown workload \"\(name)\"\(suggestion(for: name, among: workloads))", at: node)
        }
        return name
      }
      let amounts = [DifferenceKey.expected, .tolerance].map { key -> Double? in
        guard let node = fields.required(key, of: "a difference", like: key == .expected ? "64 MiB" : "2 MiB"), let metric else {
          return nil
        }
        return amount(node, for: key.rawValue, of: metric)
      }
      guard let metric, let workload = names[0], let above = names[1], let expected = amounts[0], let tolerance = amounts[1] else {
        return nil
      }
      return ExpectedDifference(metric: metric, workload: workload, above: above, expected: expected, tolerance: tolerance)
    }
  }

  /// An amount of a metric with its unit, in bytes or nanoseconds.
  private func amount(_ node: Node, for key: String, of metric: Metric) -> Double? {
    let bytes: [String: Double] = ["B": 1, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824]
    let times: [String: Double] = ["ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9]
    guard !metric.isCount else {
      document.problem("a difference is one of a time or of memory; \(metric.rawValue) is counted, not measured in every trial", at: node)
      return nil
    }
    let units = metric.isMemory ? bytes : times
    let text = node.scalar?.string ?? ""
    if text.last?.isLetter == true, let amount = quantity(text, units: units, plain: 1), amount >= 0 { return amount }
    let example = metric.isMemory ? "64 MiB" : "10 ms"
    document.problem("\"\(key)\" must be an amount with its unit (for instance: \(example)), found \(kind(of: node))", at: node)
    return nil
  }
}

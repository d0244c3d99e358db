import FoundationEssentials
import Glibc
import Observations

/// What a runtime needs made before a workload's first trial: a compiled module, a warm cache. None of it is timed.
struct Preparation {
  private let words: [String]
  private let workload: Workload
  private let runtime: RuntimeDescription
  private let path: String
  private let environment: [String: String]
  /// Seconds. Compiling a large module may take longer than a trial with it.
  private static let timeLimit = 300.0
  /// Bytes of a message that are told.
  private static let messageLimit = 300

  /// - Parameters:
  ///   - words: of the command, with placeholders.
  ///   - path: what `{prepared}` stands for.
  ///   - environment: of the command's process.
  init(_ words: [String], of workload: Workload, in runtime: RuntimeDescription, at path: String, environment: [String: String]) {
    self.words = words
    self.workload = workload
    self.runtime = runtime
    self.path = path
    self.environment = environment
  }

  /// Runs the command as a trial is run, in folders of its own, which are removed again.
  /// - Throws: `RuntimeUnavailable` in one line where it fails or makes nothing; what it made is removed then.
  func run(by launcher: Launcher, scratch: String) throws {
    let files = FileManager.default
    let place = TrialPlace(workload: workload, identifier: "preparation", folder: scratch + "/preparation", group: nil)
    defer { try? files.removeItem(atPath: place.folder) }
    do {
      try files.createDirectory(atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
      try files.createDirectory(atPath: place.workFolder, withIntermediateDirectories: true)
      for guest in place.freshFolders { try files.createDirectory(atPath: guest.host, withIntermediateDirectories: true) }
      if let root = workload.root { try RootCopy.make(of: root, at: place.rootFolder) }
      let command = CommandTemplate(words: words).expand(
        workload, arguments: workload.arguments, folders: place.folders, prepared: path)
      var request = LaunchRequest(
        command: command, environment: environment, folder: place.startFolder, output: place.outputFile, errors: place.errorsFile,
        timeLimit: Self.timeLimit)
      if let input = workload.input {
        request.input = place.folder + "/input"
        try Data(input.utf8).write(to: URL(filePath: place.folder + "/input"))
      }
      let report = try launcher.run(request)
      if let fault = fault(report, messages: SystemFile.text(place.errorsFile) ?? "") { throw unavailable(fault) }
    } catch {
      try? files.removeItem(atPath: path)
      throw (error as? LaunchRefused).map { unavailable($0.reason) } ?? error
    }
  }

  /// Files of what was made, for a cold trial: the file, or those in the folder.
  static func files(at path: String) -> [String] {
    func isRegular(_ path: String) -> Bool {
      var status = stat()
      return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
    if isRegular(path) { return [path] }
    return ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).map { path + "/" + $0 }.filter(isRegular).sorted()
  }

  /// A command that runs the guest ends as the guest does.
  private func fault(_ report: LaunchReport, messages: String) -> String? {
    if let error = report.startError { return "could not be started: \(error)" }
    if report.timedOut { return "took more than \(Int(Self.timeLimit)) s" }
    let first = messages.split(whereSeparator: \.isNewline).first?.utf8.prefix(Self.messageLimit)
    let message = first.map { ": " + String(decoding: $0, as: UTF8.self) } ?? ""
    if let signal = report.signal { return "was ended by signal \(signal)\(message)" }
    if let code = report.exitCode, code != 0, code != workload.expected.exitCode { return "ended with exit code \(code)\(message)" }
    var status = stat()
    guard stat(path, &status) == 0 else { return "made nothing at {prepared}" }
    return status.st_mode & S_IFMT == S_IFREG && status.st_size == 0 ? "made an empty file" : nil
  }

  private func unavailable(_ fault: String) -> RuntimeUnavailable {
    RuntimeUnavailable(
      reason: "the preparation of \(workload.name) for \(runtime.name) \(fault)",
      remedy: "try its command by hand, or leave \(runtime.name) out")
  }
}

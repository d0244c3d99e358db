import Digest
import Dispatch
import Foundation
import JSON
import Observations
import Synchronization

/// Scripts as JSON with modules beside it, made by `wasm-tools json-from-wast` and kept in the user's cache under what they were made from.
struct ScriptConversion {
  /// The converter.
  let tool: String
  private let cache: String
  /// Of another version of the converter nothing is taken.
  private let version: String

  /// - Throws: `CoordinatorError.missing` where there is no wasm-tools.
  init(_ checkout: Checkout, cache: String = FetchedSuite.cache()) throws {
    guard let tool = Self.find(checkout) else {
      throw CoordinatorError(.missing, "no wasm-tools, which converts the scripts; get it: scripts/install-needed, or put one on PATH")
    }
    self.tool = tool
    self.cache = cache + "/scripts"
    version = try Self.output(of: [tool, "--version"]).get()
  }

  /// Converts what is not converted yet, as many at a time as there are processors.
  /// - Returns: for each script the path of its JSON, or why it could not be converted.
  func convert(_ sources: [String]) -> [Result<String, Refusal>] {
    let results = Mutex([Result<String, Refusal>](repeating: .failure(Refusal(reason: "not converted")), count: sources.count))
    DispatchQueue.concurrentPerform(iterations: sources.count) { index in
      let result = convert(sources[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0 }
  }

  /// Why a script could not be converted.
  struct Refusal: Error { var reason: String }

  private func convert(_ source: String) -> Result<String, Refusal> {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: source)) else {
      return .failure(Refusal(reason: "it cannot be read"))
    }
    let name = URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent
    // Scripts of the same words may have different names, which the files made of them have too.
    let folder = "\(cache)/\(SHA256.hexadecimal(of: "\(version)\n\(name)\n".utf8 + data).prefix(32))"
    let json = "\(folder)/\(name).json"
    if isFile(json) { return .success(json) }
    // Complete or absent: others may convert the same at the same time, in this process too.
    let part = "\(folder).\(UUID().uuidString).part"
    defer { try? FileManager.default.removeItem(atPath: part) }
    do {
      try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
      let words = [tool, "json-from-wast", source, "--wasm-dir", part, "--output", "\(part)/\(name).json"]
      if case .failure(let refusal) = Self.output(of: words) { return .failure(Refusal(reason: "wasm-tools: \(refusal.reason)")) }
      try parseTexts(of: "\(part)/\(name).json", in: part)
    } catch {
      return .failure(Refusal(reason: "\(part): \(systemReason(error))"))
    }
    guard rename(part, folder) == 0 || isFile(json) else {
      return .failure(Refusal(reason: "\(folder): \(String(cString: strerror(errno)))"))
    }
    return .success(json)
  }

  /// Modules that a script quotes as text, as binaries: what `wasm-tools parse` takes is for the engine to refuse. What it refuses itself
  /// says nothing of an engine that reads no text, and stays text.
  private func parseTexts(of json: String, in folder: String) throws {
    let document = try JSONValue(reading: Array(Data(contentsOf: URL(fileURLWithPath: json))))
    let commands = (document["commands"]?.array ?? []).map { command in
      guard command["module_type"]?.string == "text", command["binary_filename"] == nil, let text = command["filename"]?.string,
        case .success = Self.output(of: [tool, "parse", "\(folder)/\(text)", "--output", "\(folder)/\(text).wasm"])
      else { return command }
      return command.setting("binary_filename", to: .string(text + ".wasm"))
    }
    try Data(document.setting("commands", to: .array(commands)).text.utf8).write(to: URL(fileURLWithPath: json))
  }

  /// The executable itself, not the wrapper that the Python package puts beside it and that starts Python every time.
  private static func find(_ checkout: Checkout) -> String? {
    let entry = RuntimeEntry(
      name: "wasm-tools", summary: "", path: .process, program: .module,
      executable: ["$WASM_TOOLS", "{root}/.build/tools/lib/python3*/site-packages/wasm_tools*/bin/wasm-tools", "wasm-tools"], needs: [],
      command: [], versionCommand: [],
      reportsPhases: false, mapsFolders: true, root: false, get: "")
    guard case .found(_, let executable?) = RuntimeDetection(checkout: checkout).find(entry) else { return nil }
    return executable
  }

  private static func output(of command: [String]) -> Result<String, Refusal> {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    do { try process.run() } catch { return .failure(Refusal(reason: "\(command[0]): \(systemReason(error))")) }
    let text = String(decoding: (try? pipe.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard process.terminationStatus != 0 else { return .success(lines.first ?? "") }
    // Warnings may stand before it.
    let reason = lines.first { $0.hasPrefix("error") } ?? lines.first ?? "ended with \(process.terminationStatus)"
    return .failure(Refusal(reason: reason))
  }
}

import Foundation

/// Where the parts of an installation lie: the executables, the shipped scenarios and their guests.
public struct Checkout: Sendable {
  /// Folder of the executables (`harness-worker`, `wvm`).
  public var bin: String
  /// The repository's top folder: the nearest one above the executables that holds `scenarios/runtimes.yaml`.
  public var root: String

  /// - Parameters: as the properties of the same names, absolute.
  public init(bin: String, root: String) {
    self.bin = bin
    self.root = root
  }

  /// - Throws: `CoordinatorError` where no folder above the executable or the working folder holds `scenarios/runtimes.yaml`.
  public static func current() throws -> Checkout {
    let bin = beside().bin
    let starts = [bin, FileManager.default.currentDirectoryPath]
    for start in starts {
      var folder = URL(fileURLWithPath: start)
      while true {
        if isFile(folder.appendingPathComponent("scenarios/runtimes.yaml").path) { return Checkout(bin: bin, root: folder.path) }
        if folder.path == "/" { break }
        folder.deleteLastPathComponent()
      }
    }
    throw CoordinatorError(
      .missing, "scenarios/runtimes.yaml: found in no folder above \(starts.joined(separator: " or ")); run harness inside a checkout")
  }

  /// The executables alone: enough to go on with a run, whose plan is stored.
  public static func beside() -> Checkout {
    let bin = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    return Checkout(bin: bin, root: bin)
  }

  /// Folder of the shipped scenarios and of `runtimes.yaml`.
  public var scenarios: String { root + "/scenarios" }
  /// Path of the executable that measures; it may still have to be built.
  public var worker: String { bin + "/harness-worker" }

  /// - Throws: `CoordinatorError.missing` where the worker has not been built.
  public func checkWorker() throws {
    guard FileManager.default.isExecutableFile(atPath: worker) else {
      throw CoordinatorError(.missing, "\(worker): absent; build it: swift build -c release --product harness-worker")
    }
  }

  func guestFolders(besideScenarioIn folder: String) -> [String] {
    let own = folder + "/guests", shipped = scenarios + "/guests"
    return own == shipped || !isFolder(own) ? [shipped] : [own, shipped]
  }

  /// A guest's case by name: `NAME`, or `NAME-VARIANT` for other arguments of the same module.
  func guest(named name: String, besideScenarioIn folder: String) -> Guest? {
    for guests in guestFolders(besideScenarioIn: folder) {
      for program in [name] + name.indices.filter({ name[$0] == "-" }).reversed().map({ String(name[..<$0]) }) {
        guard isFile("\(guests)/\(program).wasm") else { continue }
        let variant = program != name
        if variant, !isFile("\(guests)/\(name).expected"), !isFile("\(guests)/\(name).arguments") { continue }
        return Guest(
          name: name, module: "\(guests)/\(program).wasm", native: "\(root)/.build/guests/native/\(program)", files: "\(guests)/\(name)")
      }
    }
    return nil
  }

  func guestNames(besideScenarioIn folder: String) -> [String] {
    let names = guestFolders(besideScenarioIn: folder).flatMap { guests in
      ((try? FileManager.default.contentsOfDirectory(atPath: guests)) ?? []).compactMap { file -> String? in
        for suffix in [".wasm", ".expected"] where file.hasSuffix(suffix) { return String(file.dropLast(suffix.count)) }
        return nil
      }
    }
    return Set(names).sorted()
  }
}

/// A case of a guest program: its module, where its native build goes, and the files that say what it is given and must print.
struct Guest {
  var name: String
  var module: String
  var native: String
  /// Path of the case's files without their suffix (`.arguments`, `.input`, `.expected`).
  var files: String

  /// One argument a line.
  func arguments() -> [String] {
    text("arguments")?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLastEmpty() ?? []
  }
  func input() -> String? { text("input") }
  func expectedOutput() -> String? { text("expected") }

  private func text(_ suffix: String) -> String? { textFile("\(files).\(suffix)") }
}

extension [String] {
  /// Without the empty piece after a last line end.
  fileprivate func dropLastEmpty() -> [String] { last == "" ? Array(dropLast()) : self }
}

/// A whole file as text, or nil where it cannot be read as UTF-8.
func textFile(_ path: String) -> String? {
  (try? Data(contentsOf: URL(fileURLWithPath: path))).flatMap { String(validating: $0, as: UTF8.self) }
}

func isFile(_ path: String) -> Bool {
  var folder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && !folder.boolValue
}

func isFolder(_ path: String) -> Bool {
  var folder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
}

/// A path as written, made absolute from a folder and without `.` and `..`.
func absolutePath(_ path: String, from folder: String) -> String {
  let joined = path.hasPrefix("/") ? path : folder + "/" + path
  return URL(fileURLWithPath: joined).standardizedFileURL.path
}

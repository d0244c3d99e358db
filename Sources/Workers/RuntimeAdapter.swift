import Observations

/// A road from the client to the guest: how a trial of one runtime is set up, started and cleared away.
///
/// Everything here happens outside the measured interval, except what `measure` does after its conditions' `begin`.
protocol RuntimeAdapter: AnyObject {
  var runtime: RuntimeDescription { get }
  /// Whether the runtime can run here at all; called once.
  func check() throws(RuntimeUnavailable)
  /// What is done once for a workload: a root file system, an image.
  /// - Throws: `RuntimeUnavailable`; the workload's trials in this runtime then count as not started.
  func prepare(_ workload: Workload) throws
  /// The group whose peak is the trial's, if there are cgroups.
  func group() -> TrialGroup?
  /// Runs one trial. Its two streams are in the trial's files afterwards.
  /// - Throws: `LaunchRefused` where it could not be set up, `WorkerError` where the job cannot go on.
  func measure(_ trial: TrialPlace, _ conditions: TrialConditions) throws -> Measurement
  /// What a trial leaves behind: `ended` is false where it was killed.
  func cleanUp(_ trial: TrialPlace, ended: Bool)
  /// Why the guest never ran although the client did, from the client's messages; nil if it ran.
  func startFailure(exitCode: Int32, errors: String) -> String?
  /// Files that were made for a workload before its first trial; nil where none were.
  func preparedFiles(_ workload: Workload) -> [String]?
  /// Files that a cold trial reads again.
  func files(_ workload: Workload) -> [String]
  /// Starts again what the runtime depends on, where that has ended.
  /// - Returns: whether it had, so that what failed last is to be done again.
  /// - Throws: `WorkerError` where the job cannot go on.
  func revive() throws -> Bool
}

extension RuntimeAdapter {
  /// Most runtimes depend on nothing that runs beside their trials.
  func revive() throws -> Bool { false }
  /// Most runtimes are given what the workload has.
  func preparedFiles(_ workload: Workload) -> [String]? { nil }
}

/// Where one trial happens.
struct TrialPlace {
  var workload: Workload
  /// Unique in the run; letters, digits and `-`.
  var identifier: String
  /// The trial's own folder, removed after it.
  var folder: String
  var group: TrialGroup?
  /// Whether the runtime is to count what the guest does, and where it writes that.
  var countsInRuntime = false
  var countsFile: String { folder + "/counts" }
  /// Where the runtime tells of a script's assertions.
  var assertionsFile: String { folder + "/assertions" }
  /// The trial's copy of the workload's root folder.
  var rootFolder: String { folder + "/root" }
  /// Where its standard output and standard error are afterwards.
  var outputFile: String { folder + "/output" }
  var errorsFile: String { folder + "/errors" }
  /// The working folder that folders with a relative guest path lie in.
  var workFolder: String { folder + "/work" }

  /// Fresh folders: the guest's name and the folder of the host behind it. A relative name is below the working folder, so that a
  /// native program in a bare process finds it there.
  var freshFolders: [(host: String, guest: String)] {
    workload.folders.map { guest in
      let inner = guest.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/")
      let base = guest.hasPrefix("/") ? folder + "/absolute" : workFolder
      return (inner.isEmpty ? base : base + "/" + inner, guest)
    }
  }

  /// Every folder the guest may see: the fresh ones, the shared one it works in, and the copy that is its root.
  var folders: [(host: String, guest: String)] {
    freshFolders + (workload.directory.map { [($0.host, $0.guest)] } ?? []) + (workload.root.map { _ in [(rootFolder, "/")] } ?? [])
  }

  /// Where a bare process is started.
  var startFolder: String { workload.directory?.host ?? workFolder }
}

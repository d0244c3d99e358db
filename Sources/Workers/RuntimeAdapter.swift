import Observations

/// A road from the client to the guest: how a trial of one runtime is set up, started and cleared away.
///
/// Everything here happens outside the measured interval, except the command that `request` returns.
protocol RuntimeAdapter: AnyObject {
  var runtime: RuntimeDescription { get }
  /// Whether the runtime can run here at all; called once.
  func check() throws(RuntimeUnavailable)
  /// What is done once for a workload: a root file system, an image.
  /// - Throws: `RuntimeUnavailable`; the workload's trials in this runtime then count as not started.
  func prepare(_ workload: Workload) throws
  /// The group whose peak is the trial's, if there are cgroups.
  func group() -> TrialGroup?
  /// The command of one trial.
  func request(_ trial: TrialPlace) throws -> LaunchRequest
  /// What a trial leaves behind: `ended` is false where it was killed.
  func cleanUp(_ trial: TrialPlace, ended: Bool)
  /// Why the guest never ran although the client did, from the client's messages; nil if it ran.
  func startFailure(exitCode: Int32, errors: String) -> String?
  /// Files that a cold trial reads again.
  func files(_ workload: Workload) -> [String]
}

/// Where one trial happens.
struct TrialPlace {
  var workload: Workload
  /// Unique in the run; letters, digits and `-`.
  var identifier: String
  /// The trial's own folder, removed after it.
  var folder: String
  var group: TrialGroup?
  /// The working folder that folders with a relative guest path lie in.
  var workFolder: String { folder + "/work" }

  /// The working folder of a bare process: the workload's own where it has one.
  var startFolder: String { workload.directory?.host ?? workFolder }

  /// The workload's own folder, if any, after the fresh ones. Fresh folders: the guest's name and the folder of the host behind it. A relative name is below the working folder, so that a
  /// native program in a bare process finds it there.
  var folders: [(host: String, guest: String)] {
    let fresh = workload.folders.map { guest -> (host: String, guest: String) in
      let inner = guest.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/")
      let base = guest.hasPrefix("/") ? folder + "/absolute" : workFolder
      return (inner.isEmpty ? base : base + "/" + inner, guest)
    }
    return fresh + (workload.directory.map { [(host: $0.host, guest: $0.guest)] } ?? [])
  }

  /// Whether a folder is the workload's own, which every trial shares and none in a container may change.
  func isShared(_ folder: (host: String, guest: String)) -> Bool { folder.host == workload.directory?.host }
}

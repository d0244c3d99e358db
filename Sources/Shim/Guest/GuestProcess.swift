import Containers
import Glibc
import Hosts
import OCI
import VM

/// The last steps of a process inside its container: it becomes the user it is to run as, loads its program, waits for the word, and runs it.
struct GuestProcess {
  /// The container's.
  let spec: RuntimeSpec
  /// The container's own, or that of a further process.
  let process: RuntimeSpec.Process
  let channel: InitChannel
  let memory: CgroupMemoryFiles
  let seccomp: SeccompFilter?
  let flavour: Flavour
  /// What hooks read.
  var hookState = ""
  /// Names the keyring of the container's processes.
  var keyring = ""
  /// Where machine code is kept.
  var cache: CodeCache?

  /// - Parameter isFirst: a container's first program that is no module is left to runc; a further one is executed.
  func run(isFirst: Bool) throws(ContainerError) -> Never {
    if !keyring.isEmpty { try SessionKeyring.join(keyring) }
    var process = process
    let wordsAsGiven = process.args
    if let words = InitProgram.wordsBehind(process.args) { process.args = words }
    // Root may enter folders that the user may not, and the user, over a network, some that root may not.
    let isInside = chdir(process.cwd) == 0
    let execution = try execution(process)
    let capabilities = try becomeUser()
    guard isInside || chdir(process.cwd) == 0 else { throw ContainerError(failed: "enter the working folder \(process.cwd)") }
    process.env = GuestEnvironment.completed(process.env, user: process.user.uid, workingFolder: process.cwd)
    ProcessTitle.set(arguments: process.args, environment: process.env)
    let entry = try EntryPoint(process.args.first ?? "", workingFolder: process.cwd, environment: process.env)
    guard entry.kind == .module else {
      if isFirst {
        channel.send(.native)
        _exit(0)
      }
      process.args = wordsAsGiven
      try execute(try EntryPoint(process.args.first ?? "", workingFolder: process.cwd, environment: process.env), process)
    }
    do throws(StepFailure) {
      try capabilities.afterExecution(by: process.user.uid).apply()
    } catch {
      throw ContainerError(error.description)
    }
    let guest = try Guest(entry, process, memory: memory, execution: execution)
    // Changing credentials has undone what was set before.
    Linux.hideFromPeers()
    Linux.dieWithParent()
    channel.send(.ready)
    guard channel.awaitLeave() else { _exit(1) }
    if isFirst { for hook in spec.hooks.startContainer { try HookProgram(hook).runInside(state: hookState) } }
    if let refusal = flavour.refusal {
      FileDescriptor.write(refusal + "\n", to: 2)
      _exit(69)
    }
    closeAllOfOurs()
    do throws(ContainerError) {
      try SecurityLabels(process).apply(onExecution: false)
      GuestSignals.letKernelReap()
      try filterCalls(whenPrivileged: false)
    } catch {
      // The shim listens no more.
      FileDescriptor.write("error: \(flavour.program): \(error)\n", to: 2)
      _exit(127)
    }
    guest.run()
  }

  /// How the module is executed. Its machine code is found, and for the first container of an image made, by the user that the cache belongs
  /// to, before any of the guest's code runs; nothing of the cache stays open.
  private func execution(_ process: RuntimeSpec.Process) throws(ContainerError) -> GuestExecution {
    defer { cache?.close() }
    guard case .compiler = try GuestMode(spec, process) else { return .interpreter }
    // What is wrong with the entry point is said later, to the user that it is meant for.
    guard let cache, let entry = try? EntryPoint(process.args.first ?? "", workingFolder: process.cwd, environment: process.env),
      entry.kind == .module, let image = entry.path.withCString({ GuestExecution.image($0, in: cache) })
    else { return .compiler }
    return .image(image)
  }

  /// Limits, privileges and the user, in the order in which each step is still allowed.
  /// - Returns: the capabilities that the process has now.
  private func becomeUser() throws(ContainerError) -> CapabilitySets {
    var warnings: [String] = []
    let capabilities = CapabilitySets(process.capabilities, warnings: &warnings)
    let limits = try ResourceLimits(process.rlimits)
    do throws(StepFailure) {
      try limits.apply()
      try capabilities.limitBounding()
    } catch {
      throw ContainerError(error.description)
    }
    // A filter that may be loaded only with privileges is loaded while there are some.
    try filterCalls(whenPrivileged: true)
    do throws(StepFailure) {
      try UserIdentity(process.user).assume()
      try capabilities.apply()
    } catch {
      throw ContainerError(error.description)
    }
    if process.noNewPrivileges, NoNewPrivileges.set() != 0 { throw ContainerError(failed: "give up new privileges") }
    return capabilities
  }

  private func filterCalls(whenPrivileged: Bool) throws(ContainerError) {
    guard let seccomp, process.noNewPrivileges != whenPrivileged else { return }
    let code = seccomp.load(settingNoNewPrivileges: false)
    guard code == 0 else { throw ContainerError(failed: "load the filter of system calls", code: code) }
  }

  /// The guest keeps nothing but its standard streams and the files that say what memory it may have.
  private func closeAllOfOurs() { close(channel.descriptor) }

  private func execute(_ entry: EntryPoint, _ process: RuntimeSpec.Process) throws(ContainerError) -> Never {
    GuestSignals.restoreDefaults()
    try SecurityLabels(process).apply(onExecution: true)
    try filterCalls(whenPrivileged: false)
    CStrings.with(process.args) { arguments in
      CStrings.with(process.env) { environment in _ = execve(entry.path, arguments, environment) }
    }
    throw ContainerError(failed: "execute \(entry.path)")
  }
}

import Containers
import Glibc
import Hosts
import OCI
import VM
import WASI

/// A module in its container, loaded and linked, and how it ends.
struct Guest {
  private let command: WASICommand

  /// - Parameters:
  ///   - entry: a module's.
  ///   - process: arguments and environment are its guest's.
  ///   - memory: of the container's cgroup.
  ///   - execution: how its functions are executed.
  /// - Throws: when the module cannot be run, in one line.
  init(
    _ entry: EntryPoint, _ process: RuntimeSpec.Process, memory: CgroupMemoryFiles, execution: GuestExecution
  ) throws(ContainerError) {
    let configuration = WASIHost.Configuration()
    for argument in process.args { configuration.arguments.append(List(argument.utf8)) }
    for variable in process.env { configuration.environment.append(List(variable.utf8)) }
    configuration.folders.append(WASIHost.Folder(host: "/", guest: "/"))
    configuration.makesAbsoluteLinks = true
    let budget = MemoryBudget.of(memory, module: entry.path)
    var loaded: WASICommand?
    var reason = ""
    entry.path.withCString { path in
      do throws(WASICommand.Unusable) {
        loaded = try WASICommand(path: path, export: entry.export, configuration: configuration, memoryBudget: budget, execution: execution)
      } catch {
        reason = error.description
      }
    }
    guard let loaded else { throw ContainerError(reason) }
    command = loaded
  }

  /// Runs the guest; the process ends with it, as a shell would see it.
  func run() -> Never {
    switch command.run() {
    case .exit(let status): _exit(status)
    case .trap(let report):
      FileDescriptor.write(report, to: 2)
      _exit(Trap.exitStatus)
    }
  }
}

extension MemoryBudget {
  /// Left to the interpreter's own tables, the value stack and the kernel's share of all this, in bytes.
  private static let reserve = 2 << 20

  /// What a guest's linear memories may have: the container's limit less what the rest of the process needs, so that `memory.grow` fails
  /// before the kernel has to end the guest. A limit that is changed later counts from then on.
  ///
  /// - Parameters:
  ///   - memory: of the container's cgroup. What has been charged by now is not the guest's.
  ///   - module: the module's file: translated code takes as much again and more.
  static func of(_ memory: CgroupMemoryFiles, module: String) -> MemoryBudget? {
    guard memory.limit >= 0 else { return nil }
    var status = stat()
    stat(module, &status)
    let overhead = reserve + Int(status.st_size) + (memory.usageBytes ?? 0)
    return MemoryBudget { memory.limitBytes.map { max(0, $0 - overhead) } ?? .max }
  }
}

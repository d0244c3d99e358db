import VM

/// One function of the interface: its name, its parameters and what it does.
struct FunctionRow: Sendable {
  let name: StaticString
  /// One letter for each parameter: `i` is an i32, `l` an i64.
  let parameters: StaticString
  let body: @Sendable (Call) throws(Errno) -> Void

  init(_ name: StaticString, _ parameters: StaticString, _ body: @escaping @Sendable (Call) throws(Errno) -> Void) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }

  /// All return an errno; `proc_exit`, which returns nothing, is bound apart.
  var type: FunctionType {
    let letters = UnsafeBufferPointer(start: parameters.utf8Start, count: parameters.utf8CodeUnitCount)
    var types = List<ValueType>()
    for letter in letters { types.append(letter == UInt8(ascii: "i") ? .i32 : .i64) }
    return FunctionType(types, List(repeating: .i32, count: 1))
  }

  func isNamed(_ other: String) -> Bool {
    var other = other
    return other.withUTF8 {
      $0.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
  }

  static var all: [FunctionRow] { table.indices.map { table[$0] } }

  /// The number of the function of that name, if there is one. A number and not the row: an optional row's copies would ask the run-time
  /// system for the type's metadata, which takes longer to make than a small module to load.
  static func number(of name: String) -> Int? { table.indices.first { table[$0].isNamed(name) } }

  static func numbered(_ number: Int) -> FunctionRow { table[number] }

  /// Preview 1 in the order of its definition (wasi_snapshot_preview1.witx), but for `proc_exit`.
  private static let table: InlineArray<_, FunctionRow> = [
    FunctionRow("args_get", "ii", ArgumentCalls.getArguments),
    FunctionRow("args_sizes_get", "ii", ArgumentCalls.getArgumentSizes),
    FunctionRow("environ_get", "ii", ArgumentCalls.getEnvironment),
    FunctionRow("environ_sizes_get", "ii", ArgumentCalls.getEnvironmentSizes),
    FunctionRow("clock_res_get", "ii", ClockCalls.getResolution),
    FunctionRow("clock_time_get", "ili", ClockCalls.getTime),
    FunctionRow("fd_advise", "illi", FileCalls.advise),
    FunctionRow("fd_allocate", "ill", FileCalls.allocate),
    FunctionRow("fd_close", "i", DescriptorCalls.close),
    FunctionRow("fd_datasync", "i", FileCalls.datasync),
    FunctionRow("fd_fdstat_get", "ii", DescriptorCalls.getStatus),
    FunctionRow("fd_fdstat_set_flags", "ii", DescriptorCalls.setFlags),
    FunctionRow("fd_fdstat_set_rights", "ill", DescriptorCalls.setRights),
    FunctionRow("fd_filestat_get", "ii", FileCalls.getAttributes),
    FunctionRow("fd_filestat_set_size", "il", FileCalls.setSize),
    FunctionRow("fd_filestat_set_times", "illi", FileCalls.setTimes),
    FunctionRow("fd_pread", "iiili", FileCalls.readAt),
    FunctionRow("fd_prestat_get", "ii", DescriptorCalls.getFolder),
    FunctionRow("fd_prestat_dir_name", "iii", DescriptorCalls.getFolderName),
    FunctionRow("fd_pwrite", "iiili", FileCalls.writeAt),
    FunctionRow("fd_read", "iiii", FileCalls.read),
    FunctionRow("fd_readdir", "iiili", DirectoryCalls.read),
    FunctionRow("fd_renumber", "ii", DescriptorCalls.renumber),
    FunctionRow("fd_seek", "ilii", FileCalls.seek),
    FunctionRow("fd_sync", "i", FileCalls.sync),
    FunctionRow("fd_tell", "ii", FileCalls.tell),
    FunctionRow("fd_write", "iiii", FileCalls.write),
    FunctionRow("path_create_directory", "iii", PathCalls.createDirectory),
    FunctionRow("path_filestat_get", "iiiii", PathCalls.getAttributes),
    FunctionRow("path_filestat_set_times", "iiiilli", PathCalls.setTimes),
    FunctionRow("path_link", "iiiiiii", PathCalls.link),
    FunctionRow("path_open", "iiiiillii", PathCalls.open),
    FunctionRow("path_readlink", "iiiiii", PathCalls.readLink),
    FunctionRow("path_remove_directory", "iii", PathCalls.removeDirectory),
    FunctionRow("path_rename", "iiiiii", PathCalls.rename),
    FunctionRow("path_symlink", "iiiii", PathCalls.symlink),
    FunctionRow("path_unlink_file", "iii", PathCalls.unlinkFile),
    FunctionRow("poll_oneoff", "iiii", PollCalls.poll),
    FunctionRow("proc_raise", "i", ProcessCalls.raise),
    FunctionRow("sched_yield", "", ProcessCalls.yield),
    FunctionRow("random_get", "ii", ProcessCalls.getRandom),
    FunctionRow("sock_accept", "iii", SocketCalls.accept),
    FunctionRow("sock_recv", "iiiiii", SocketCalls.receive),
    FunctionRow("sock_send", "iiiii", SocketCalls.send),
    FunctionRow("sock_shutdown", "ii", SocketCalls.shutdown),
  ]
}

import Glibc

/// What containerd says on the command line (core/runtime/v2 README, "Commands"): flags of Go's kind, `-name value` or `-name=value` with one
/// dash or two, then a verb.
struct ShimOptions {
  var namespace = ""
  /// containerd's gRPC socket; the one for events is beside it unless the environment names it.
  var address = ""
  var publishBinary = ""
  /// The container's.
  var id = ""
  /// Given to `delete`; the working folder is the bundle otherwise.
  var bundle = ""
  var isDebugging = false
  var showsVersion = false
  var showsInformation = false
  var showsHelp = false
  /// `start` or `delete`.
  var verb = ""

  /// Something that is no flag of ours, or a flag without its value.
  struct UsageError: Error {
    let description: String
  }

  /// - Parameter arguments: without the program's name.
  init(_ arguments: [String]) throws(UsageError) {
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      index += 1
      guard word.utf8.first == UInt8(ascii: "-"), word != "-" else {
        // Flags end at the first word that is none.
        verb = word
        guard index == arguments.count else { throw UsageError(description: "nothing may follow '\(word)'") }
        return
      }
      try take(word, &index, arguments)
    }
  }

  private mutating func take(_ word: String, _ index: inout Int, _ arguments: [String]) throws(UsageError) {
    var name = word.dropFirst()
    if name.first == "-" { name = name.dropFirst() }
    var attached: String?
    if let equals = name.firstIndex(of: "=") {
      attached = String(name[name.index(after: equals)...])
      name = name[..<equals]
    }
    switch name {
    case "debug": isDebugging = attached != "false"
    case "v", "version": showsVersion = true
    case "info": showsInformation = true
    case "h", "help": showsHelp = true
    case "namespace", "address", "publish-binary", "id", "bundle", "socket":
      guard let value = attached ?? (index < arguments.count ? arguments[index] : nil) else {
        throw UsageError(description: "\(word) needs a value")
      }
      if attached == nil { index += 1 }
      switch name {
      case "namespace": namespace = value
      case "address": address = value
      case "publish-binary": publishBinary = value
      case "id": id = value
      case "bundle": bundle = value
      default: break
      }
    default: throw UsageError(description: "unknown flag \(word)")
    }
  }

  static let help = """
    usage: containerd-shim-wvm-v1 -namespace NAME -address SOCKET -publish-binary FILE -id ID [-debug] start
           containerd-shim-wvm-v1 -namespace NAME -address SOCKET -id ID -bundle FOLDER delete
           containerd-shim-wvm-v1 -v | -info

    Runs WebAssembly containers under containerd, which starts it; programs of the machine in the same pod go to runc.
    Install it on containerd's PATH and name the runtime after it:

      ctr run --rm --runtime io.containerd.wvm.v1 IMAGE ID
      docker run --rm --runtime=io.containerd.wvm.v1 --platform=wasi/wasm32 IMAGE

    """
}

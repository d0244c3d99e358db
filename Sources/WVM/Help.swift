import Glibc
import Options

/// What `wvm --help` and `wvm --version` say.
enum Help {
  static let version = "0.1.0"

  static let text = """
    Runs WebAssembly modules.

    Usage: wvm COMMAND …

    Commands:
      run       runs a module as a command of WASI preview 1
      compile   compiles a module to machine code, into a file that runs at once
      instantiate  says what an instance of a module costs: time, and memory while it idles
      hold      runs a module in many instances of one process and keeps them, to be weighed
      validate  says whether a module is well-formed and valid
      wast      runs converted specification scripts
      witness   calls all that modules export and writes down what it saw, for other engines to confirm

    wvm COMMAND --help says more.

    Exit codes: the guest's own; 134 after a trap; 64 for bad usage, 65 for a bad module, 69 for a processor that is too old, 70 for a
    defect of wvm, 71 when there is no memory for what the guest needs. wast: 1 when
    something failed, 77 when nothing was tested.

    Example:
      wvm run --dir . hello.wasm Ada

    """

  static func suggestion(for word: String) -> String? {
    if word.hasSuffix(".wasm") || word.hasPrefix("--") { return "run \(word)" }
    return Suggestion.closest(to: word, among: ["run", "compile", "instantiate", "hold", "validate", "wast", "witness"])
  }
}

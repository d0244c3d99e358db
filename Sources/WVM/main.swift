import Glibc

// wvm: runs, checks and tests WebAssembly modules.
//
// This file is on the start-up path of every guest: it looks at one word and hands over.

let arguments = CommandLine.unsafeArgv
switch CommandLine.argc > 1 ? String(cString: arguments[1]!) : "" {
case "run": RunCommand.main()
case "validate": ValidateCommand.main()
case "wast": WastCommand.main()
case "--help", "-h", "help": Output.finish(Help.text)
case "--version": Output.finish("wvm \(Help.version)\n")
case "": Output.fail("a command is missing: wvm run MODULE, for example (wvm --help lists them)", .usage)
case let other:
  let meant = Help.suggestion(for: other).map { "did you mean wvm \($0)? " } ?? ""
  Output.fail("unknown command '\(other)': \(meant)(wvm --help lists them)", .usage)
}

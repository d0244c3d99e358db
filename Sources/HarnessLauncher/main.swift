import Glibc

let usage = """
  usage: harness-launcher run [OPTIONS] -- PROGRAM [ARGUMENTS…]
         harness-launcher serve [--enclose] [--empty-folder FOLDER]… [--home-cgroup FOLDER]…

  Starts one program, watches it and says in one line of JSON what happened: monotonic nanoseconds of spawn, exec, first byte of
  standard output, exit and end; CPU time, peak memory, faults and context switches. Kills its process group at the time
  limit and whatever it leaves behind. It is small so that the memory it reports is the program's and not its own.

  run options:
  \(TrialRequest.help)
  serve takes requests on standard input (see Docs/formats.md) until it is closed. With --enclose everything runs in a pid and
  mount namespace that ends with the launcher.

  example: harness-launcher run --time-limit 5 --output hello.txt -- /usr/bin/env

  """

func fail(_ message: String, code: Int32) -> Never {
  System.writeAll(2, "error: harness-launcher: \(message)\n")
  exit(code)
}

func runOnce(_ words: ArraySlice<String>) throws {
  signal(SIGPIPE, SIG_IGN)
  System.adoptOrphans()
  let request: TrialRequest
  do { request = try TrialRequest(words: words) } catch let error as SystemError { fail(error.message, code: 64) }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 4096)
  buffer.initializeMemory(as: UInt8.self, repeating: 0)
  let report = try Trial(request: request, homes: [], services: [], client: -1, buffer: buffer, moments: try? KernelMoments()).run()
  System.writeAll(1, report.json + "\n")
}

func serve(_ words: ArraySlice<String>) throws {
  var enclose = false
  var emptyFolders: [String] = []
  var homes: [String] = []
  var rest = words
  while let option = rest.popFirst() {
    switch option {
    case "--enclose": enclose = true
    case "--empty-folder" where !rest.isEmpty: emptyFolders.append(rest.removeFirst())
    case "--home-cgroup" where !rest.isEmpty: homes.append(rest.removeFirst())
    default: fail("unknown option `\(option)`, or its value is missing; see --help", code: 64)
    }
  }
  // Ctrl+C at a terminal is for the client, which then closes our input.
  setpgid(0, 0)
  signal(SIGPIPE, SIG_IGN)
  try CgroupMembership.join(homes)
  var enclosed = false
  var reason = ""
  if enclose {
    do {
      try Enclosure.enter(emptyFolders: emptyFolders)
      enclosed = true
    } catch let error as SystemError {
      reason = error.message
    }
  }
  // What is enclosed ends with the launcher. Elsewhere it must live on until it has ended what it started: the end of its input tells it to.
  if enclosed { System.dieWithParent() } else { System.adoptOrphans() }
  let requests = try System.moveHigh(0)
  let answers = try System.moveHigh(1)
  let nothing = open("/dev/null", O_RDWR)
  dup2(nothing, 1)
  let abilities = Abilities()
  System.writeAll(answers, "{\"enclosed\":\(enclosed),\"reason\":\(quoted(reason)),\"lacking\":\(abilities.lackingJSON)}\n")
  var server = Server(requests: requests, answers: answers, homes: homes, moments: abilities.moments)
  server.serve()
  Strays.end(except: [])
}

System.closeInheritedOnExec()
System.randomizeAddresses()
let words = CommandLine.arguments.dropFirst()
do {
  switch words.first {
  case "run": try runOnce(words.dropFirst())
  case "serve": try serve(words.dropFirst())
  case "--help", "-h", "help": System.writeAll(1, usage)
  case nil: fail("what to do? `run` or `serve`; see --help", code: 64)
  case let verb?: fail("unknown command `\(verb)`; `run` and `serve` exist, see --help", code: 64)
  }
} catch let error as SystemError {
  fail(error.message, code: 71)
}

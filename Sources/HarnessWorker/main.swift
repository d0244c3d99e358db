import Glibc
import Workers

let usage = """
  usage: harness-worker JOB.json

  Runs the trials of a job file and writes one line of JSON per event on standard output: one per finished trial, at once.
  Trials that fail are events too; the exit code is 0 when the job ran to its end.

    --launcher FILE   harness-launcher to use (default: the one beside this program)
    --help            this text

  exit codes: 0 done · 64 usage · 65 bad job file · 66 job file cannot be read · 69 missing component · 70 defect of ours ·
  71 the system refused something, or containerd ended twice · 128 + signal when interrupted
  example: harness-worker job.json > observations.ndjson

  """

func fail(_ message: String, code: Int32) -> Never {
  let line = "error: \(message)\n"
  _ = write(2, line, line.utf8.count)
  exit(code)
}

/// `harness-launcher` lies beside this program.
func launcherBeside() -> String {
  var path = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &path, path.count - 1)
  let own = String(decoding: path[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return own[..<(own.lastIndex(of: "/") ?? own.startIndex)] + "/harness-launcher"
}

var words = CommandLine.arguments.dropFirst()
var launcher = launcherBeside()
var jobs: [String] = []
while let word = words.popFirst() {
  switch word {
  case "--help", "-h":
    print(usage, terminator: "")
    exit(0)
  case "--launcher":
    guard let value = words.popFirst() else { fail("option --launcher needs a value; see --help", code: 64) }
    launcher = value
  case _ where word.hasPrefix("-"): fail("unknown option `\(word)`; see --help", code: 64)
  default: jobs.append(word)
  }
}
guard jobs.count == 1, let path = jobs.first else { fail("give one job file; see --help", code: 64) }

// A coordinator hands its run's lock down as descriptor 3: it is held until this process has cleared everything away, and by nothing
// that it starts.
_ = fcntl(3, F_SETFD, FD_CLOEXEC)
Interruption.watch()
do {
  let job = try JobFile.read(path)
  guard access(launcher, X_OK) == 0 else {
    throw WorkerError("\(launcher) is missing; build the product harness-launcher beside harness-worker", exitCode: 69)
  }
  try Worker(job, launcher: launcher, output: 1).work()
} catch let error as WorkerError {
  fail(error.message, code: error.exitCode)
} catch {
  fail("\(error)", code: 70)
}

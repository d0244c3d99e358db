import Glibc

/// What happened in one trial, and its one line of JSON.
struct TrialReport {
  /// CLOCK_MONOTONIC, nanoseconds: just before fork, first byte of standard output (0: none), exit seen, all of it gone.
  var spawned: UInt64 = 0
  var firstByte: UInt64 = 0
  var exited: UInt64 = 0
  var reaped: UInt64 = 0
  /// The kernel's own moments, on the same clock (0: not recorded): the process became its program, its last thread ended.
  var executed: UInt64 = 0
  var ended: UInt64 = 0
  /// The raw status of wait4.
  var status: Int32 = 0
  var timedOut = false
  /// Why the program could not be executed, if it could not.
  var startError: String?
  var usage = rusage()
  /// Bytes below which `ru_maxrss` is the launcher's own (see `ResidentFloor`).
  var residentFloor = 0
  /// Nanoseconds the leader was ready to run but waited for a CPU, where the kernel counts it.
  var runDelay: UInt64?
  var outputBytes = 0
  var errorBytes = 0
  /// Processes the trial left behind, killed and reaped.
  var strays = 0
  /// What was counted, and what could not be and why.
  var counts: [(name: String, value: UInt64)] = []
  var uncounted: [(name: String, reason: String)] = []

  private var signal: Int32? { status & 0x7f == 0 ? nil : status & 0x7f }
  /// Peak resident bytes of the largest process; nil where the launcher's own size hides it.
  private var maxResident: Int? { usage.ru_maxrss * 1024 > residentFloor ? usage.ru_maxrss * 1024 : nil }
  private var exitCode: Int32? { status & 0x7f == 0 ? (status >> 8) & 0xff : nil }

  /// One JSON object without a line end. Times in nanoseconds, sizes in bytes.
  var json: String {
    func nanoseconds(_ time: timeval) -> Int { time.tv_sec * 1_000_000_000 + Int(time.tv_usec) * 1000 }
    func text<T>(_ value: T?) -> String { value.map { "\($0)" } ?? "null" }
    func moment(_ time: UInt64) -> String { time == 0 ? "null" : "\(time)" }
    return """
      {"spawned":\(spawned),"executed":\(moment(executed)),"firstByte":\(moment(firstByte)),"ended":\(moment(ended)),\
      "exited":\(exited),"reaped":\(reaped),\
      "exitCode":\(text(exitCode)),"signal":\(text(signal)),"timedOut":\(timedOut),\
      "startError":\(startError.map(quoted) ?? "null"),\
      "userTime":\(nanoseconds(usage.ru_utime)),"systemTime":\(nanoseconds(usage.ru_stime)),"maxResident":\(text(maxResident)),\
      "minorFaults":\(usage.ru_minflt),"majorFaults":\(usage.ru_majflt),\
      "voluntarySwitches":\(usage.ru_nvcsw),"involuntarySwitches":\(usage.ru_nivcsw),\
      "runDelay":\(text(runDelay)),"outputBytes":\(outputBytes),"errorBytes":\(errorBytes),"strays":\(strays)\(countsJSON)}
      """
  }
}

extension TrialReport {
  /// Members of a trial that was counted.
  private var countsJSON: String {
    guard !counts.isEmpty || !uncounted.isEmpty else { return "" }
    let values = counts.map { "\(quoted($0.name)):\($0.value)" }.joined(separator: ",")
    let reasons = uncounted.map { "\(quoted($0.name)):\(quoted($0.reason))" }.joined(separator: ",")
    return ",\"counts\":{\(values)},\"uncounted\":{\(reasons)}"
  }
}

/// A JSON string literal (RFC 8259, section 7).
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case let control where control.value < 0x20:
      let digits = String(control.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

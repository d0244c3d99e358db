import Glibc
import Hosts
import Options
import VM

/// The file by which perf(1) finds names for addresses that no executable has: a line for each function, address, size and name.
enum PerfMap {
  static func write(_ module: Module) {
    var text = ""
    for place in module.machineCodePlaces {
      let name = module.functionName(place.function).map { PrintableText.of($0) } ?? "function \(place.function)"
      text += "\(String(UInt(bitPattern: place.address), radix: 16)) \(String(place.byteCount, radix: 16)) wasm \(name)\n"
    }
    // Its name can be guessed: what somebody else put there is not written to.
    let path = "/tmp/perf-\(getpid()).map"
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { Output.fail("cannot write \(path): \(String(cString: strerror(errno)))", .output) }
    Output.write(text, to: file)
    close(file)
  }
}

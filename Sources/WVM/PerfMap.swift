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
    Output.write(text, toFile: "/tmp/perf-\(getpid()).map")
  }
}

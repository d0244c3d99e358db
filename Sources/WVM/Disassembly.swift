import Glibc
import Hosts
import Options
import VM

/// Machine code beside the operators it came from. The instructions are read by a disassembler of LLVM's or of binutils where one is
/// found; else the bytes are shown.
enum Disassembly {
  static func text(_ listing: MachineCodeListing, _ module: Module, _ index: UInt32) -> String {
    let lines = instructions(listing.code) ?? bytes(listing)
    let name = module.functionName(index).map { " (\(PrintableText.of($0)))" } ?? ""
    var text = "function \(index)\(name)\n"
    var next = 0
    for line in lines {
      while next < listing.operators.count, listing.operators[next].position <= line.position {
        let place = listing.operators[next]
        let offset = String(place.offset, radix: 16)
        text += "0x\(offset)  \(place.name)\n"
        next += 1
      }
      let position = String(line.position, radix: 16)
      text += "    \(position):  \(line.text)\n"
    }
    return text
  }

  private typealias Line = (position: Int, text: String)

  private static func bytes(_ listing: MachineCodeListing) -> [Line] {
    var starts = listing.operators.map(\.position)
    starts.append(listing.code.count)
    var lines: [Line] = []
    var previous = 0
    for start in starts where start > previous {
      lines.append((previous, hexadecimal(listing.code[previous..<start])))
      previous = start
    }
    return lines
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      if byte < 16 { text += "0" }
      text += String(byte, radix: 16) + " "
    }
    return text
  }

  /// Lines of objdump, by the position that each begins with.
  private static func instructions(_ code: [UInt8]) -> [Line]? {
    var name = Array("/tmp/wvm-dump-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { return nil }
    defer { unlink(name) }
    let written = code.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
    guard written == code.count else { return nil }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let command = "objdump -D -b binary -m i386:x86-64 -M intel --no-show-raw-insn \(path) 2>/dev/null"
    guard let stream = popen(command, "r") else { return nil }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { output += chunk[..<count] }
    guard pclose(stream) == 0 else { return nil }
    var lines: [Line] = []
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let position = Int(parts[0].filter { $0 != " " }, radix: 16) else { continue }
      lines.append((position, parts[1].split(separator: "\t").joined(separator: " ")))
    }
    return lines.isEmpty ? nil : lines
  }
}

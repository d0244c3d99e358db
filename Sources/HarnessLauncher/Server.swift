import Glibc

/// `harness-launcher serve`: one trial, service or program to hold per request, until the client closes its end.
///
/// A request is a length (four bytes, little endian) and that many bytes: words separated by NUL, the first one `run`, `start`, `hold` or
/// `release`, the others as on the command line; of `release` nothing but the time limit, in nanoseconds. The answer is one line of JSON; one with `error` says that the request could not be carried out.
struct Server {
  let requests: Int32
  let answers: Int32
  let homes: [String]
  let moments: KernelMoments?
  private var services: [pid_t] = []
  private var held = HeldPrograms()
  private let buffer: UnsafeMutableRawBufferPointer

  init(requests: Int32, answers: Int32, homes: [String], moments: KernelMoments?) {
    self.requests = requests
    self.answers = answers
    self.homes = homes
    self.moments = moments
    buffer = .allocate(byteCount: 64 << 10, alignment: 4096)
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Answers requests until the client is gone.
  mutating func serve() {
    while let words = readRequest() {
      var answer: String
      do {
        answer = try carryOut(words)
      } catch let error as SystemError {
        answer = "{\"error\":\(quoted(error.message))}"
      } catch {
        answer = "{\"error\":\(quoted("\(error)"))}"
      }
      answer += "\n"
      guard System.writeAll(answers, answer) else { return }
    }
  }

  private mutating func carryOut(_ words: [String]) throws -> String {
    switch words.first {
    case "run":
      let request = try TrialRequest(words: words.dropFirst())
      return try Trial(
        request: request, homes: homes, services: services + held.processes, client: requests, buffer: buffer, moments: moments
      ).run().json
    case "start":
      let guardian = try Service.start(try TrialRequest(words: words.dropFirst()), homes: homes)
      services.append(guardian)
      return "{\"service\":\(guardian)}"
    case "hold":
      return "{\"held\":\(try held.start(try TrialRequest(words: words.dropFirst()), homes: homes))}"
    case "release":
      guard let limit = words.dropFirst().first.flatMap(UInt64.init) else { throw SystemError(message: "release wants nanoseconds") }
      return held.end(within: limit, client: requests, services: services).json
    case let verb:
      throw SystemError(message: "unknown request `\(verb ?? "")`")
    }
  }

  /// The next request's words, or nil at the end.
  private func readRequest() -> [String]? {
    var length: UInt32 = 0
    let whole = withUnsafeMutableBytes(of: &length) { fill($0) }
    guard whole, length <= 16 << 20 else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: Int(length), alignment: 1) { bytes in
      guard fill(bytes) else { return nil }
      return bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private func fill(_ bytes: UnsafeMutableRawBufferPointer) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = read(requests, bytes.baseAddress! + offset, bytes.count - offset)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }
}

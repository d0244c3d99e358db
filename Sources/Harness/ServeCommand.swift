import ArgumentParser
import Coordinator
import Foundation
import PageServer

/// `harness serve`: the pages, while runs go on.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Shows the pages in a browser, live from the database.",
    discussion: """
      EXAMPLES:
        harness serve                                   http://127.0.0.1:7878/
        harness serve --port 0 --results /var/lib/harness
        harness serve --listen 0.0.0.0 --token-file token

      Pages: / (runs, and what goes on now), /runs/RUN, /conformance/RUN, /compare/RUN,
      /compare/RUN?with=BASELINE, /history/METRIC, /runs.json, /events.
      The database is read, never written. Only this machine is answered, unless there is a token (--token-file, or the variable
      HARNESS_TOKEN): then --listen may name another address, and every request must bring the token, as "Authorization: Bearer TOKEN" or once
      as ?token=TOKEN. There is no encryption: put a proxy in front where the way is not yours.
      Ctrl+C ends it.
      """)

  @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "N"))
  var port = 7878
  @Option(help: ArgumentHelp("The address to listen on.", valueName: "ADDRESS"))
  var listen = "127.0.0.1"
  @Option(help: ArgumentHelp("A file with the token that every request must bring.", valueName: "FILE"))
  var tokenFile: String?
  @OptionGroup var results: ResultsOptions

  func validate() throws {
    if !(0...65535).contains(port) { throw ValidationError("--port \(port): must be from 0 to 65535") }
  }

  func run() throws {
    let token = try token()
    guard token != nil || Access.isLoopback(listen) else {
      throw CoordinatorError(
        .usage,
        "--listen \(listen): others could read the results; give a token (--token-file FILE or HARNESS_TOKEN), or listen on 127.0.0.1")
    }
    // Points of runs that ended before there were histories; a database that cannot be written shows what it has.
    if let store = try? Store(at: results.database) { try? History.complete(store) }
    _ = try Store.forReading(results.database)
    let server = PageServer(PageSource(database: results.database), address: listen, port: port, token: token)
    let (address, ended) = (listen, DispatchSemaphore(value: 0))
    let failure = Failure()
    Task {
      do {
        try await server.run { port in
          let name = address.contains(":") ? "[\(address)]" : address
          Console.print("http://\(name):\(port)/")
        }
      } catch {
        failure.error = error
      }
      ended.signal()
    }
    ended.wait()
    if let error = failure.error {
      throw CoordinatorError(.missing, "\(listen):\(port): cannot be listened on (\(error)); give another: --port 0")
    }
  }

  /// Written by one task, read after it ended.
  private final class Failure: @unchecked Sendable {
    var error: (any Error)?
  }

  private func token() throws -> String? {
    let text: String?
    if let tokenFile {
      do {
        text = try String(contentsOfFile: tokenFile, encoding: .utf8)
      } catch {
        throw CoordinatorError(.missing, "--token-file \(tokenFile): cannot be read (\(systemReason(error)))")
      }
    } else {
      text = ProcessInfo.processInfo.environment["HARNESS_TOKEN"]
    }
    guard let token = text?.trimmingCharacters(in: .whitespacesAndNewlines), !token.isEmpty else {
      if tokenFile != nil { throw CoordinatorError(.badData, "--token-file \(tokenFile ?? ""): is empty") }
      return nil
    }
    guard token.count >= 16, token.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) else {
      throw CoordinatorError(
        .badData, "the token must have at least 16 letters, digits, - or _: head -c 24 /dev/urandom | base64 | tr +/ -_")
    }
    return token
  }
}

import Foundation
import TestSupport

/// A guest program with what it is given and what it must answer, as the files in `scenarios/guests` say.
struct GuestCase: CustomStringConvertible, Sendable {
  /// `NAME` or `NAME-VARIANT`.
  let name: String
  let program: String
  let arguments: [String]
  let input: Data
  let expected: String

  var description: String { name }

  init(_ name: String) throws {
    func file(_ kind: String) -> Data? { FileManager.default.contents(atPath: "\(Checkout.guests)/\(name).\(kind)") }
    self.name = name
    program = name.split(separator: "-").first.map(String.init) ?? name
    let lines = String(decoding: file("arguments") ?? Data(), as: UTF8.self)
    arguments = lines.split(separator: "\n").map(String.init)
    input = file("input") ?? Data()
    expected = try String(contentsOfFile: "\(Checkout.guests)/\(name).expected", encoding: .utf8)
  }

  static let all: [GuestCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Checkout.guests)) ?? []
    return names.filter { $0.hasSuffix(".expected") }.sorted().compactMap { try? GuestCase(String($0.dropLast(9))) }
  }()
}

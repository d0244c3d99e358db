import Testing

@testable import JSON

@Suite struct JSONScannerTests {
  private func scan<Value>(_ text: String, _ body: (inout JSONScanner) throws -> Value) rethrows -> Value {
    try Array(text.utf8).withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      return try body(&scanner)
    }
  }

  @Test func `rows of numbers come out one after the other, whatever the spaces`() throws {
    let rows = try scan(" [ [1,-2,null],\n[ 9223372036854775807 , -9223372036854775808 ] ,[]]") { scanner in
      var rows: [[Int64?]] = []
      try scanner.expect("[")
      while try scanner.hasItem(isFirst: rows.isEmpty) {
        try scanner.expect("[")
        var row: [Int64?] = []
        while try scanner.hasItem(isFirst: row.isEmpty) { row.append(try scanner.integer()) }
        rows.append(row)
      }
      let isAtEnd = scanner.isAtEnd
      #expect(isAtEnd)
      return rows
    }
    #expect(rows == [[1, -2, nil], [.max, .min], []])
  }

  @Test(arguments: ["1.5", "1e3", "NaN", "nul", "-", "01", "9223372036854775808", "-9223372036854775809", "\"1\"", "", "true"])
  func `what is no whole number is refused`(text: String) {
    #expect(throws: JSONError.self) { try scan(text) { try $0.integer() } }
  }

  @Test func `an error has its place`() {
    let error = #expect(throws: JSONError.self) {
      try scan("{\"a\": 1,\n \"b\": x}") { scanner in
        try scanner.expect("{")
        _ = try scanner.memberName(isFirst: true)
        _ = try scanner.integer()
        _ = try scanner.memberName(isFirst: false)
        _ = try scanner.integer()
      }
    }
    #expect(error?.line == 2 && error?.column == 7)
  }

  @Test func `a member's value is passed over whole and can be read by another`() throws {
    let text = "{\"a\": {\"x\": [1, \"]}\\\"\", {}]}, \"b\": 7, \"c\" : null , \"d\": -1.5e3}"
    let values = try scan(text) { scanner in
      var values: [String: String] = [:]
      try scanner.expect("{")
      while let name = try scanner.memberName(isFirst: values.isEmpty) {
        values[name] = String(decoding: scanner.bytes(try scanner.value()), as: UTF8.self)
      }
      return values
    }
    #expect(values == ["a": "{\"x\": [1, \"]}\\\"\", {}]}", "b": "7", "c": "null", "d": "-1.5e3"])
  }

  @Test func `texts with escapes are read`() throws {
    #expect(try scan("\"a\\n\\u00e9\\\"\"") { try $0.string() } == "a\né\"")
    #expect(try scan("\"é\"") { try $0.string() } == "é")
  }

  @Test(arguments: ["{\"a\": ", "[1, 2", "\"abc", "[\"a", "", "]", "\"a\\"])
  func `a cut-off document is an error, not a crash`(text: String) {
    #expect(throws: JSONError.self) { try scan(text) { try $0.value() } }
    #expect(throws: JSONError.self) { try scan(text) { try $0.string() } }
  }
}

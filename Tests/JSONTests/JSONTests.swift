import Testing

@testable import JSON

@Suite("JSON")
struct JSONTests {
  @Test func `reads every kind of value`() throws {
    let value = try JSONValue(reading: #" {"a":[1,-2.5e+3,true,false,null,"x"],"b":{}} "#)
    #expect(value["a"]?.array?.count == 6)
    #expect(value["a"]?.array?[0].integer == 1)
    #expect(value["a"]?.array?[1].double == -2500)
    #expect(value["a"]?.array?[2] == true)
    #expect(value["a"]?.array?[4].isNull == true)
    #expect(value["a"]?.array?[5] == "x")
    #expect(value["b"]?.members?.isEmpty == true)
    #expect(value["c"] == nil)
  }

  @Test func `keeps members in order and repeated names`() throws {
    let value = try JSONValue(reading: #"{"z":1,"a":2,"z":3}"#)
    #expect(value.members?.map(\.name) == ["z", "a", "z"])
    #expect(value["z"] == 1)
  }

  @Test func `keeps whole numbers to the last digit`() throws {
    #expect(try JSONValue(reading: "18446744073709551615").unsigned == UInt64.max)
    #expect(try JSONValue(reading: "-9223372036854775808").integer == Int.min)
    #expect(try JSONValue(reading: "18446744073709551616").unsigned == nil)
    #expect(try JSONValue(reading: "1.5").integer == nil)
    #expect(try JSONValue(reading: "123456789012345678901234567890").text == "123456789012345678901234567890")
  }

  @Test func `reads escapes, surrogate pairs among them`() throws {
    #expect(try JSONValue(reading: #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00é""#).string == "\"\\/\u{8}\u{C}\n\r\tAé😀é")
    #expect(try JSONValue(reading: #""\u0000""#).string == "\0")
  }

  static let refused: [(text: String, error: String)] = [
    ("", "unexpected end, a value is missing (1:1)"),
    ("{\n  \"a\": 1,\n}", "a member's name in quotes is expected here (3:1)"),
    ("[1 2]", "',' or ']' is expected here (1:4)"),
    ("[1,]", "a value is expected here (1:4)"),
    ("{\"a\" 1}", "':' is expected here (1:6)"),
    ("{\"a\":1", "',' or '}' is expected here (1:7)"),
    ("tru", "a value is expected here (1:1)"),
    ("1 2", "text after the end of the document (1:3)"),
    ("01", "text after the end of the document (1:2)"),
    ("1.", "a digit is expected here (1:3)"),
    ("-", "a digit is expected here (1:2)"),
    ("1e", "a digit is expected here (1:3)"),
    ("\"abc", "unexpected end inside a string (1:5)"),
    ("\"a\nb\"", "a control character must be escaped in a string (1:3)"),
    ("\"\\x\"", "unknown escape in a string (1:3)"),
    ("\"\\u12g4\"", "four hexadecimal digits are expected here (1:6)"),
    ("\"\\ud800\"", "half of a surrogate pair (1:8)"),
    ("\"\\udc00\"", "half of a surrogate pair (1:8)"),
  ]

  @Test func `says what is wrong and where`() {
    for (text, expected) in Self.refused {
      #expect { try JSONValue(reading: text) } throws: { "\($0)" == expected }
    }
  }

  @Test func `refuses strings that are not UTF-8`() {
    #expect(throws: JSONError.self) { try JSONValue(reading: [0x22, 0xFF, 0x22]) }
    #expect(throws: JSONError.self) { try JSONValue(reading: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
  }

  @Test func `refuses text nested too deeply instead of running out of stack`() throws {
    let deep = JSONReader.maximumDepth
    _ = try JSONValue(reading: String(repeating: "[", count: deep) + String(repeating: "]", count: deep))
    #expect { try JSONValue(reading: String(repeating: "[", count: 1_000_000)) } throws: {
      "\($0)" == "more than 512 nested arrays and objects (1:513)"
    }
  }

  @Test func `one member is changed and the others stay as they are`() throws {
    let object = try JSONValue(reading: Array(#"{"a":1,"b":{"c":2},"d":3}"#.utf8))
    #expect(object.setting("b", to: .string("x")).text == #"{"a":1,"b":"x","d":3}"#)
    #expect(object.setting("e", to: .bool(true)).text == #"{"a":1,"b":{"c":2},"d":3,"e":true}"#)
    #expect(JSONValue.string("text").setting("a", to: .null) == .string("text"))
  }

  @Test func `writes what it read`() throws {
    let text = #"{"a":[1,-2.5e3,true,null],"quote \" \\ \n\u001f":"é😀","e":{}}"#
    #expect(try JSONValue(reading: text).text == text)
    #expect(try JSONValue(reading: JSONValue(reading: text).text) == JSONValue(reading: text))
  }

  @Test func `says no number for an infinity`() {
    #expect(JSONNumber(Double.infinity) == nil)
    #expect(JSONNumber(0.5)?.text == "0.5")
  }
}

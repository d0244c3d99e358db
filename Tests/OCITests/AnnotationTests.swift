import Testing

@testable import OCI

@Suite("The annotations of a config.json alone")
struct AnnotationTests {
  private func annotations(_ bytes: [UInt8]) throws -> [RuntimeSpec.Annotation] {
    try bytes.withUnsafeBufferPointer { try RuntimeSpec.annotations(in: $0, path: "/b/config.json") }
  }

  @Test(arguments: Configurations.names)
  func `are those of the whole document`(name: String) throws {
    let bytes = try Configurations.bytes(name)
    #expect(try annotations(bytes) == RuntimeSpec(reading: bytes, path: name).annotations)
  }

  @Test func `are found whatever else the document holds`() throws {
    let text =
      #"{"process":{"args":7,"annotations":{"no":"no"}},"x":[{"annotations":{}}],"annotations":{"a":"b\n","n":null,"":"é"},"root":nonsense}"#
    #expect(try annotations(Array(text.utf8)) == [.init(name: "a", value: "b\n"), .init(name: "", value: "é")])
  }

  @Test(arguments: ["{}", #"{"annotations":{}}"#, #"{"annotations":null,"root":{}}"#, #"{"linux":{}}"#])
  func `are none where the document has none`(text: String) throws {
    #expect(try annotations(Array(text.utf8)).isEmpty)
  }

  @Test(arguments: [
    "", "[]", "7", "{", #"{"annotations":"#, #"{"annotations":[]}"#, #"{"annotations":{"a":1}}"#, #"{"annotations":{"a" "b"}}"#,
  ])
  func `that cannot be read are an error with the place`(text: String) {
    #expect { try annotations(Array(text.utf8)) } throws: { error in
      "\(error)".hasPrefix("/b/config.json is no object with annotations: ") && "\(error)".contains("(1:")
    }
  }

  @Test func `of a document cut anywhere are an error or are found, and never a crash`() throws {
    let bytes = try Configurations.bytes("cri")
    let all = try annotations(bytes)
    for count in 0..<bytes.count {
      #expect(throws: OCIError.self) {
        let found = try annotations(Array(bytes[..<count]))
        #expect(found == all)
      }
    }
  }
}

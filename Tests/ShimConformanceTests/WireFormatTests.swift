import Testing

@testable import ShimConformance

@Suite struct WireFormatTests {
  @Test func aMessageIsTakenApartAsItWasPutTogether() throws {
    var message = WireMessage()
    message.add(1, "name")
    message.add(3, 300)
    message.add(4, true)
    message.add(5, 0)
    message.add(9, [1, 2])
    message.add(9, [3])
    let fields = try WireFields(message.bytes)
    #expect(fields.text(1) == "name")
    #expect(fields.number(3) == 300)
    #expect(fields.number(4) == 1)
    #expect(fields.numbers[5] == nil)
    #expect(fields.all(9) == [[1, 2], [3]])
  }

  @Test(arguments: [[0x0a, 0x05, 0x61], [0x08], [0x08, 0x80], [0x0f]] as [[UInt8]])
  func cutOrSenselessBytesAreRefused(_ bytes: [UInt8]) {
    #expect(throws: Failed.self) { try WireFields(bytes) }
  }
}

import Testing

@testable import Coordinator

@Suite struct NearestNameTests {
  @Test(arguments: [("runk", "runc"), ("interpeter", "interpreter"), ("blcoks", "blocks"), ("NATIVE", "native")])
  func a_slip_finds_its_name(slip: String, name: String) {
    #expect(nearestName(to: slip, among: ["runc", "interpreter", "blocks", "native"]) == name)
  }

  @Test func something_else_finds_none() {
    #expect(nearestName(to: "wasmtime", among: ["runc", "native"]) == nil)
    #expect(nearestName(to: "", among: ["runc"]) == nil)
    #expect(suggestion(for: "wasmtime", among: ["runc", "native"]) == " (known: runc, native)")
  }
}

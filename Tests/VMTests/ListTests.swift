import Testing

@testable import VM

@Suite("Lists")
struct ListTests {
  @Test func `a list grows and keeps its elements in order`() {
    var list = List<String>()
    #expect(list.isEmpty)
    for number in 0..<1000 { list.append("element \(number)") }
    #expect(list.count == 1000)
    #expect(list.enumerated().allSatisfy { $0.element == "element \($0.offset)" })
  }

  @Test func `a copy does not see what happens to the original`() {
    var list: List = [1, 2, 3]
    let copy = list
    list.append(4)
    list[0] = 10
    #expect(copy == [1, 2, 3])
    let longer = list
    list.removeLast()
    list.removeAll()
    #expect(longer == [10, 2, 3, 4])
    #expect(list.isEmpty)
  }

  @Test func `elements can be sorted in place`() {
    var list: List = [3, 1, 2]
    list.withMutableElements { $0.sort() }
    #expect(list == [1, 2, 3])
  }

  @Test func `elements live as long as a list has them`() {
    final class Element {}
    var list = List<Element>()
    weak var first: Element?
    weak var last: Element?
    do {
      let elements = [Element(), Element()]
      (first, last) = (elements[0], elements[1])
      for element in elements { list.append(element) }
      for _ in 0..<20 { list.append(Element()) }
    }
    #expect(first != nil && last != nil)
    for _ in 0..<20 { list.removeLast() }
    list.removeLast()
    #expect(first != nil && last == nil)
    let copy = list
    list.removeAll()
    #expect(first != nil && copy.count == 1)
    list = List()
    withExtendedLifetime(copy) {}
  }

  @Test func `equal lists have equal hashes`() {
    let one: List = [ValueType.i32, .i64]
    #expect(one.hashValue == List([ValueType.i32, .i64]).hashValue)
    #expect(one != [.i32])
  }
}

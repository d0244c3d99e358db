import Testing

@testable import ShimConformance

@Suite struct ChoiceTests {
  private let groups = [
    Group<Bench>(name: "Memory", behaviours: ["the limit", "an event"].map { name in Behaviour(name) { _ in nil } }),
    Group<Bench>(name: "Limits", behaviours: ["processes", "memory too"].map { name in Behaviour(name) { _ in nil } }),
  ]

  private func chosen(_ words: String...) -> [[String]] { Suite.chosen(groups, words).map { [$0.name] + $0.behaviours.map(\.name) } }

  @Test func withoutAWordEverythingIsChosen() {
    #expect(chosen().map(\.count) == [3, 3])
  }

  @Test func aGroupsNameChoosesTheGroupAlone() {
    #expect(chosen("memory") == [["Memory", "the limit", "an event"]])
  }

  @Test func anyOtherWordChoosesBehavioursWithItInTheirNames() {
    #expect(chosen("event") == [["Memory", "an event"]])
    #expect(chosen("nothing") == [])
  }

  @Test func severalWordsChooseWhatAnyOfThemDoesInOrder() {
    #expect(chosen("limits", "EVENT", "the") == [["Memory", "the limit", "an event"], ["Limits", "processes", "memory too"]])
  }
}

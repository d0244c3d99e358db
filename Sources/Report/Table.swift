/// A table made once and drawn by every report in its own way.
struct Table {
  var title: String
  /// What a reader must know about this table; shown below its title.
  var note: String?
  var columns: [Column]
  var groups: [Group]

  struct Column {
    var heading: String
    var alignment: Alignment = .leading
    /// Where there is no room, the column with the lowest number goes first; nil stays whatever happens.
    var dropOrder: Int?
    /// True for sentences, which a page may break into lines.
    var isProse = false
  }

  enum Alignment { case leading, trailing }

  /// Rows under a common name, for instance those of one workload.
  struct Group {
    var name: String?
    /// After the name; where there is no room the name is shortened, not this.
    var detail = ""
    var rows: [[Cell]]
  }

  struct Cell: ExpressibleByStringLiteral, Sendable {
    var text: String
    var tone: Tone = .plain

    init(_ text: String, _ tone: Tone = .plain) {
      self.text = text
      self.tone = tone
    }

    init(stringLiteral value: String) { text = value }
  }

  enum Tone: String, Sendable { case plain, quiet, good, bad }
}

extension Table.Cell {
  init(_ verdict: Verdict, _ quantity: Quantity) {
    let tone: Table.Tone =
      switch verdict {
      case .less: .good
      case .more: .bad
      case .noDifferenceFound, .belowResolution, .tooFewBlocks, .noRatio, .noisyHost: .quiet
      }
    self.init(verdict.words(for: quantity), tone)
  }
}

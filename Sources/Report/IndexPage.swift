import Observations

/// The start page of a server: what runs now, where histories are, and every run.
public enum IndexPage {
  /// One run in the list.
  public struct Entry: Sendable {
    public var id: String
    public var scenario: String
    public var title: String
    public var startedAt: String
    public var isFinished: Bool
    public var branch: String?
    public var commit: String
    /// The form of the file an imported run comes from; such a run has no page.
    public var source: String?
    /// Whether it is of a conformance suite: its page is another, and there are no times to compare.
    public var isConformance: Bool

    /// - Parameters: as the properties of the same names.
    public init(
      id: String, scenario: String, title: String, startedAt: String, isFinished: Bool, branch: String?, commit: String, source: String?,
      isConformance: Bool = false
    ) {
      self.id = id
      self.scenario = scenario
      self.title = title
      self.startedAt = startedAt
      self.isFinished = isFinished
      self.branch = branch
      self.commit = commit
      self.source = source
      self.isConformance = isConformance
    }

    /// Where its page is, from the start page; nil where it has none.
    fileprivate var address: String? {
      source == nil ? "\(isConformance ? "conformance" : "runs")/\(percentEncoded(id))" : nil
    }
  }

  /// - Parameters:
  ///   - entries: newest first.
  ///   - metrics: that have histories.
  ///   - branches: that have runs.
  ///   - events: address of the stream of progress.
  public static func text(entries: [Entry], metrics: [String], branches: [String], events: String) -> String {
    let running = entries.filter { !$0.isFinished && $0.source == nil }.count
    let headline =
      entries.isEmpty
      ? "Nothing is measured yet: harness run scenarios/startup.yaml."
      : "\(counted(entries.count, "run")), \(running == 0 ? "none of them going on" : "\(running) going on or interrupted")."
    let live = """
      <div id="progress" role="status" aria-live="polite"><p class="quiet">No run is going on.</p></div>
      <script>
      const box = document.getElementById("progress");
      const number = value => Number(value).toLocaleString("en");
      const source = new EventSource(\(quoted(events)));
      source.addEventListener("progress", event => {
        const runs = JSON.parse(event.data);
        box.replaceChildren(...runs.map(run => {
          const line = document.createElement("p"), link = document.createElement("a"), bar = document.createElement("progress");
          link.href = "runs/" + encodeURIComponent(run.id);
          link.textContent = run.id;
          bar.max = Math.max(1, run.blocksPlanned);
          bar.value = run.blocksFinished;
          bar.setAttribute("aria-label", "blocks of " + run.id);
          line.append(link, " ", bar, ` ${number(run.blocksFinished)} of ${number(run.blocksPlanned)} blocks, ${number(run.trials)} trials`);
          return line;
        }));
        if (!runs.length) box.innerHTML = '<p class="quiet">No run is going on.</p>';
      });
      </script>

      """
    return PageFrame(
      kicker: "harness", heading: "Runs", title: "harness", sentences: [headline],
      sections: [
        .init(title: "Going on", identifier: "now", content: live),
        .init(title: "Over time", identifier: "histories", content: histories(metrics, branches)),
        .init(title: "Conformance", identifier: "conformance", content: conformance(entries)),
        .init(title: "Every run", identifier: "runs", content: list(entries)),
      ]
    ).text
  }

  private static func histories(_ metrics: [String], _ branches: [String]) -> String {
    guard !metrics.isEmpty else { return "" }
    func links(_ query: String) -> String {
      metrics.map { "<a href=\"history/\(escaped(percentEncoded($0)))\(query)\">\(escaped($0))</a>" }.joined(separator: " · ")
    }
    let all = "<p>\(links(""))</p>\n"
    guard branches.count > 1 else { return all }
    let each = branches.prefix(12).map { branch in
      "<div><dt>\(escaped(branch))</dt><dd>\(links("?branch=" + escaped(percentEncoded(branch))))</dd></div>\n"
    }
    return all + "<dl>\n\(each.joined())</dl>\n"
  }

  /// The newest run of every suite.
  private static func conformance(_ entries: [Entry]) -> String {
    var newest: [Entry] = []
    for entry in entries where entry.isConformance && !newest.contains(where: { $0.scenario == entry.scenario }) { newest.append(entry) }
    let items = newest.map { entry in
      "<li><a href=\"\(escaped(entry.address ?? ""))\">\(escaped(entry.title.isEmpty ? entry.scenario : entry.title))</a>, \(escaped(String(entry.startedAt.prefix(10))))</li>\n"
    }
    return items.isEmpty ? "" : "<ul>\n\(items.joined())</ul>\n"
  }

  private static func list(_ entries: [Entry]) -> String {
    guard !entries.isEmpty else { return "" }
    let rows = entries.map { entry in
      let name = entry.address.map { "<a href=\"\(escaped($0))\">\(escaped(entry.id))</a>" } ?? escaped(entry.id)
      let state = entry.source.map { "imported from \($0)" } ?? (entry.isFinished ? "finished" : "not finished")
      let compared =
        entry.source == nil && !entry.isConformance ? "<a href=\"compare/\(escaped(percentEncoded(entry.id)))\">compare</a>" : ""
      return """
        <tr><th scope="row">\(name)</th><td>\(escaped(String(entry.startedAt.prefix(16)).replacing("T", with: " ")))</td><td>\(escaped(entry.title.isEmpty ? entry.scenario : entry.title))</td><td>\(escaped(entry.branch ?? ""))</td><td>\(escaped(String(entry.commit.prefix(12))))</td><td class="quiet">\(escaped(state))</td><td>\(compared)</td></tr>

        """
    }
    return """
      <figure class="table"><div class="scroll" tabindex="0" role="region" aria-label="Every run">
      <table>
      <thead><tr><th scope="col">run</th><th scope="col">started</th><th scope="col">what</th><th scope="col">branch</th><th scope="col">commit</th><th scope="col">state</th><th scope="col">arms</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div></figure>

      """
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "/-_.".contains($0)) } + "\""
  }
}

/// As a part of a path or a query.
private func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    let character = Character(UnicodeScalar(byte))
    if byte < 0x80, character.isLetter || character.isNumber || "-_.~".contains(character) { return String(character) }
    return "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
  }.joined()
}

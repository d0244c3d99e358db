/// The page's look, light and dark by the reader's setting.
enum Stylesheet {
  static var text: String {
    """
    :root {
      color-scheme: light dark;
      --ink: #1b1f24; --quiet: #59636e; --paper: #ffffff; --panel: #f6f8fa; --line: #d1d9e0;
      --good: #1a7f37; --bad: #c62828; --focus: #0969da; --shade: rgb(0 0 0 / 18%);
    \(variables(\.light))
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --ink: #e6edf3; --quiet: #9198a1; --paper: #0d1117; --panel: #151b23; --line: #3d444d;
        --good: #3fb950; --bad: #ff7b72; --focus: #58a6ff; --shade: rgb(255 255 255 / 16%);
    \(variables(\.dark))
      }
    }
    \(rules)
    """
  }

  private static func variables(_ theme: KeyPath<PaletteColor, String>) -> String {
    "  " + Palette.all.map { "--\($0.name): \($0[keyPath: theme]);" }.joined(separator: " ")
  }

  private static let rules = """
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif;
      overflow-wrap: break-word;
    }
    main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
    header { margin-bottom: 1.5rem; }
    .kicker { margin: 0; color: var(--quiet); font-size: .875rem; }
    h1 { margin: .25rem 0 1rem; font-size: 1.75rem; line-height: 1.25; letter-spacing: -.01em; }
    nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem; }
    a { color: var(--focus); text-decoration: none; }
    a:hover { text-decoration: underline; }
    h2 { margin: 3rem 0 1rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); font-size: 1.25rem; line-height: 1.3; }
    p { margin: 0 0 .75rem; max-width: 48rem; }
    .answer { font-size: 1.2rem; line-height: 1.5; }
    .problem { padding: .6rem .9rem; border-left: 3px solid var(--bad); background: var(--panel); }
    figure { margin: 0 0 2rem; }
    figcaption { margin-bottom: .5rem; font-weight: 600; }
    figcaption .note { display: block; color: var(--quiet); font-size: .875rem; font-weight: normal; }
    /* A shadow at the side where a table goes on: the first two layers move with the table and cover it at its ends. */
    .scroll {
      overflow-x: auto;
      background:
        linear-gradient(to right, var(--paper) 35%, transparent) left / 2rem 100% no-repeat local,
        linear-gradient(to left, var(--paper) 35%, transparent) right / 2rem 100% no-repeat local,
        linear-gradient(to right, var(--shade), transparent) left / .75rem 100% no-repeat scroll,
        linear-gradient(to left, var(--shade), transparent) right / .75rem 100% no-repeat scroll;
    }
    .scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
    table { border-collapse: collapse; font-size: .925rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem 1.25rem .3rem 0; text-align: left; vertical-align: top; white-space: nowrap; font-weight: normal; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { border-bottom: 1px solid var(--line); color: var(--quiet); font-size: .8125rem; vertical-align: bottom; }
    tbody tr:not(.group) > * { border-bottom: 1px solid color-mix(in srgb, var(--line) 45%, transparent); }
    tbody tr:last-child > * { border-bottom: 0; }
    .group th { padding-top: .9rem; color: var(--quiet); font-size: .8125rem; white-space: normal; }
    .group b { color: var(--ink); font-weight: 600; }
    tbody tr:not(.group) > th { min-width: 7.5rem; max-width: 18rem; white-space: normal; overflow-wrap: anywhere; }
    .number { text-align: right; }
    .prose { min-width: 14rem; max-width: 28rem; white-space: normal; overflow-wrap: anywhere; }
    .quiet { color: var(--quiet); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .plot svg { display: block; width: 100%; height: auto; max-width: 62rem; font-family: inherit; }
    .plot svg.narrow { display: none; }
    @media (max-width: 40rem) {
      main { padding: 1.5rem 1rem 3rem; }
      h1 { font-size: 1.4rem; }
      .answer { font-size: 1.075rem; }
      th, td { padding-right: .9rem; }
      .plot svg.wide { display: none; }
      .plot svg.narrow { display: block; }
    }
    details { margin: 0 0 1rem; }
    summary { cursor: pointer; color: var(--quiet); }
    details[open] > summary { margin-bottom: .75rem; }
    ul { margin: 0; padding-left: 1.2rem; max-width: 48rem; }
    li { margin-bottom: .4rem; }
    dl { margin: 0 0 1rem; font-size: .925rem; }
    dl > div { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0 1.25rem; padding: .2rem 0; }
    dt { color: var(--quiet); overflow-wrap: anywhere; }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 40rem) { dl > div { grid-template-columns: 1fr; padding: .35rem 0; } }
    pre, pre.scroll { overflow-x: auto; margin: 0 0 1rem; padding: .75rem 1rem; border-radius: 6px; background: var(--panel); font-size: .875rem; }
    code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    /* Paper is white, does not scroll and opens nothing: tables take the page's width, and what is folded is printed. */
    @media print {
      :root { color-scheme: light; }
      body { font-size: 11pt; }
      main { max-width: none; padding: 0; }
      nav { display: none; }
      h2 { margin-top: 1.75rem; break-after: avoid; }
      figcaption, summary, thead { break-after: avoid; }
      .plot, tr, li { break-inside: avoid; }
      .scroll { overflow: visible; background: none; }
      table { max-width: 100%; font-size: 8.5pt; }
      th, td { padding-right: .6rem; white-space: normal; }
      .number { white-space: nowrap; }
      .prose { min-width: 0; }
      pre, pre.scroll { overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); }
    }
    @media print { details::details-content { content-visibility: visible; } }
    """
}

/// The page's look, light and dark by the reader's setting.
enum Stylesheet {
  static let text = """
    :root { color-scheme: light dark; --ink: #1b1f24; --quiet: #59636e; --paper: #fff; --line: #d1d9e0; --good: #1a7f37; --bad: #c62828; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --quiet: #9198a1; --paper: #0d1117; --line: #3d444d; --good: #3fb950; --bad: #ff7b72; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: .25rem .75rem; border-bottom: 1px solid var(--line); white-space: nowrap; font-weight: normal; }
    .number { text-align: right; }
    .quiet { color: var(--quiet); } .good { color: var(--good); } .bad { color: var(--bad); }
    """
}

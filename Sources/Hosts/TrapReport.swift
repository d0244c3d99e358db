import VM

extension Trap {
  /// What a guest's user reads on standard error: the trap's name and the guest's frames, innermost first, each line ended.
  public var report: String {
    var text = "trap: \(PrintableText.of(description))\n"
    for (index, frame) in backtrace.enumerated() {
      if omittedFrames > 0, index == backtrace.count / 2 { text += "  … \(omittedFrames) more\n" }
      text += "  at \(PrintableText.of(frame.description))\n"
    }
    return text
  }

  /// As a shell shows a process that called abort(3).
  public static let exitStatus: Int32 = 134
}

extension CommandDeclaration {
  /// Reads arguments by the POSIX utility syntax guidelines with GNU long options.
  ///
  /// `--name=value` and `--name value` mean the same; flags with letters may be joined (`-vq`); `--` ends the options.
  /// - Parameter arguments: everything after the command's own name.
  /// - Throws: `UsageError` for an unknown option, a missing or a superfluous value.
  public func parse(_ arguments: [String]) throws(UsageError) -> ParsedOptions {
    var parsed = ParsedOptions()
    var index = 0
    func takeOperand() {
      parsed.operandIndices.append(index)
      parsed.operands.append(arguments[index])
    }
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "--" {
        index += 1
        while index < arguments.count {
          takeOperand()
          index += 1
        }
        break
      }
      if argument.hasPrefix("--") {
        try readLong(argument.dropFirst(2), arguments, &index, &parsed)
      } else if argument.hasPrefix("-") && argument != "-" {
        try readLetters(argument.dropFirst(), arguments, &index, &parsed)
      } else {
        guard stopsAtFirstOperand else {
          takeOperand()
          index += 1
          continue
        }
        while index < arguments.count {
          takeOperand()
          index += 1
        }
        break
      }
      index += 1
    }
    return parsed
  }

  private func readLong(
    _ text: Substring, _ arguments: [String], _ index: inout Int, _ parsed: inout ParsedOptions
  ) throws(UsageError) {
    let name: Substring
    var value: String?
    if let equals = text.firstIndex(of: "=") {
      name = text[..<equals]
      value = String(text[text.index(after: equals)...])
    } else {
      name = text
    }
    guard let option = options.first(where: { $0.name == name }) else { throw unknown("--\(name)", like: name) }
    if option.placeholder == nil {
      guard value == nil else { throw UsageError("--\(name) takes no value") }
      parsed.given.append((option.name, ""))
      return
    }
    if value == nil { value = try nextValue(of: "--\(name)", option, arguments, &index) }
    parsed.given.append((option.name, value ?? ""))
  }

  private func readLetters(
    _ text: Substring, _ arguments: [String], _ index: inout Int, _ parsed: inout ParsedOptions
  ) throws(UsageError) {
    var rest = text
    while let letter = rest.popFirst() {
      guard let option = options.first(where: { $0.letter == letter }) else { throw unknown("-\(letter)", like: text) }
      if option.placeholder == nil {
        parsed.given.append((option.name, ""))
      } else {
        let value = rest.isEmpty ? try nextValue(of: "-\(letter)", option, arguments, &index) : String(rest)
        parsed.given.append((option.name, value))
        return
      }
    }
  }

  private func nextValue(
    of shape: String, _ option: OptionDeclaration, _ arguments: [String], _ index: inout Int
  ) throws(UsageError) -> String {
    guard index + 1 < arguments.count else {
      throw UsageError("\(shape) needs a value: \(shape) \(option.placeholder ?? "VALUE")")
    }
    index += 1
    return arguments[index]
  }

  private func unknown(_ shape: String, like name: Substring) -> UsageError {
    let known = options.map(\.name)
    if let close = Suggestion.closest(to: String(name), among: known) {
      return UsageError("unknown option \(shape); did you mean --\(close)? (\(self.name) --help lists them all)")
    }
    return UsageError("unknown option \(shape) (\(self.name) --help lists them all)")
  }
}

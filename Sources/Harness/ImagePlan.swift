import OCI

/// What `harness image build` was asked for, checked as far as it can be without looking at a file.
struct ImagePlan {
  let program: ImageProgram
  let reference: ImageReference
  let platform: Platform
  /// Never empty.
  let entrypoint: [String]
  /// Files and folders of this machine and where they lie in the image.
  let additions: [(host: String, guest: String)]

  /// - Parameters:
  ///   - platform: the program's usual one where it is nil.
  ///   - entrypoint: the program alone where it is empty.
  ///   - environment: words that must be `NAME=VALUE`.
  ///   - additions: words that must be `HOST:GUEST`.
  /// - Throws: `OCIError.unfit`, with how to mend it.
  init(
    program: ImageProgram, reference: ImageReference, platform: Platform?, entrypoint: [String], environment: [String], additions: [String]
  ) throws(OCIError) {
    self.program = program
    self.reference = reference
    self.platform = platform ?? program.usualPlatform
    if case .executable = program, self.platform != .linux {
      throw .unfit("--platform \(self.platform): a native program runs on \(Platform.linux) alone; leave the option out")
    }
    for word in environment {
      guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
        throw .unfit("--env \(word): must be NAME=VALUE")
      }
    }
    guard let name = program.name else { throw .unfit("\"\(program.path)\" does not name a file; give the program's own path") }
    if entrypoint.isEmpty, name.contains("#") {
      throw .unfit("\"\(name)\" would start an export, by what follows its \"#\"; rename the file")
    }
    if let first = entrypoint.first, first.isEmpty || first.hasPrefix("#") || first.hasSuffix("#") {
      throw .unfit("--entrypoint \"\(first)\": must be a file of the image, or FILE#EXPORT")
    }
    self.entrypoint = entrypoint.isEmpty ? ["/" + name] : entrypoint
    var pairs: [(host: String, guest: String)] = []
    for word in additions { pairs.append(try Self.pair(word)) }
    self.additions = pairs
  }

  /// The last colon before a slash parts the two, so that a path of this machine may hold others.
  private static func pair(_ word: String) throws(OCIError) -> (host: String, guest: String) {
    var colon: String.Index?
    for index in word.indices where word[index...].hasPrefix(":/") { colon = index }
    guard let colon, colon > word.startIndex else {
      throw .unfit("--file \(word): must be HOST:GUEST, where GUEST is an absolute path in the image, for instance data:/data")
    }
    return (String(word[..<colon]), String(word[word.index(after: colon)...]))
  }

  /// Reads and checks everything the image is made of.
  ///
  /// - Returns: the files, and what their owner should know.
  /// - Throws: `OCIError` for what cannot be read or does not fit; `CoordinatorError` for a program that is none.
  func image() throws -> (files: [ImageFile], notes: [String]) {
    let content = try ImageFile(path: "/program", source: program.path).read()
    if let fault = program.fault(in: content) { throw fault }
    var files = [ImageFile(path: "/" + (program.name ?? ""), content: .bytes(content), mode: 0o755)]
    for addition in additions {
      let added = try ImageFile.tree(at: addition.host, path: Self.withoutLastSlash(addition.guest))
      if addition.guest.hasSuffix("/"), let file = added.first, added.count == 1, file.content == .file(addition.host) {
        throw OCIError.unfit(
          "--file \(addition.host):\(addition.guest): the one is a file, the other ends in a slash; give the file's whole path")
      }
      files += added
    }
    try checkEntrypoint(files)
    var notes: [String] = []
    if let interpreter = program.interpreter(in: content), !files.contains(where: { $0.path == interpreter || isLink($0) }) {
      notes.append("\(program.path) is linked dynamically and the image has no \(interpreter): link it statically, or add that with --file")
    }
    return (files, notes)
  }

  private static func withoutLastSlash(_ path: String) -> String {
    let inner = path.split(separator: "/").joined(separator: "/")
    return "/" + inner
  }

  /// Refuses a command that is not in the image. Behind links anything may lie, so images with links are taken as they are.
  private func checkEntrypoint(_ files: [ImageFile]) throws(OCIError) {
    guard let word = entrypoint.first, !files.contains(where: isLink) else { return }
    let paths = files.filter { $0.content != .folder }.map(\.path)
    let isThere = ImagePlan.readings(of: word).contains { candidate in
      // A bare name is looked for in the folders of PATH, wherever they are.
      candidate.contains("/")
        ? paths.contains(Self.withoutLastSlash(candidate)) : paths.contains { $0.split(separator: "/").last == Substring(candidate) }
    }
    guard isThere else {
      throw .unfit("--entrypoint \(word): the image has no such file; it has \(paths.prefix(5).joined(separator: ", "))")
    }
  }

  /// A word as a path, and what stands before a "#" in it.
  private static func readings(of word: String) -> [String] {
    var readings = [word]
    for index in word.indices where word[index] == "#" { readings.append(String(word[..<index])) }
    return readings
  }
}

private func isLink(_ file: ImageFile) -> Bool { if case .link = file.content { true } else { false } }

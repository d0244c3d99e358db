import Glibc

/// A cgroup in one hierarchy: the files through which the kernel is asked and told.
struct CgroupFolder: Sendable {
  /// The hierarchy's mount point, opened.
  let root: Int32
  /// Below the mount point, without a leading slash.
  let path: String
  /// The mount point's path, for messages.
  let mountPoint: String

  /// The folder itself, for messages.
  var fullPath: String { mountPoint + "/" + path }

  /// A cgroup below this one.
  func child(_ name: String) -> CgroupFolder { CgroupFolder(root: root, path: path + "/" + name, mountPoint: mountPoint) }

  func exists(_ file: String) -> Bool { faccessat(root, path + "/" + file, F_OK, 0) == 0 }

  /// - Returns: a descriptor closed on exec, -1 when the file cannot be opened; errno says why.
  func open(_ file: String, _ flags: Int32) -> Int32 { openat(root, path + "/" + file, flags | O_CLOEXEC) }

  /// - Returns: nil when the file cannot be read; errno says why.
  func read(_ file: String) -> [UInt8]? { SmallFile.read(path + "/" + file, in: root) }

  /// - Returns: 0, or the system's number for the failure.
  func write(_ value: String, to file: String) -> Int32 { SmallFile.write(value, to: path + "/" + file, in: root) }

  /// Writes a value, or says what was refused.
  func set(_ file: String, _ value: String) throws(ContainerError) {
    let code = write(value, to: file)
    if code != 0 { try refuse(file, value, code) }
  }

  /// - Throws: always: why the value was not taken.
  func refuse(_ file: String, _ value: String, _ code: Int32) throws(ContainerError) {
    if code == ENOENT && access(fullPath, F_OK) == 0 {
      throw ContainerError("\(fullPath) has no \(file): this kernel or the cgroup above does not offer that limit")
    }
    throw ContainerError(failed: "write \"\(value)\" to \(fullPath)/\(file)", code: code)
  }

  /// A file that holds one number.
  ///
  /// - Returns: nil when there is no such file, or it says "max" or no number.
  func number(_ file: String) -> UInt64? { read(file).flatMap { DecimalText.number($0[...]) } }
}

/// Numbers in the kernel's text files.
enum DecimalText {
  /// Digits with blanks around; nil for anything else.
  static func number(_ text: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    var digits = 0
    var hasEnded = false
    for byte in text {
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
        if digits > 0 { hasEnded = true }
        continue
      }
      guard !hasEnded, (48...57).contains(byte) else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(byte - 48))
      guard !overflows, !overflowsToo else { return nil }
      value = sum
      digits += 1
    }
    return digits > 0 ? value : nil
  }

  /// Calls with each line's first word and the number behind it; lines of another form are passed over.
  static func forEachPair(_ text: [UInt8], _ body: (ArraySlice<UInt8>, UInt64) -> Void) {
    for line in text.split(separator: UInt8(ascii: "\n")) {
      guard let blank = line.firstIndex(of: UInt8(ascii: " ")), let value = number(line[(blank + 1)...]) else { continue }
      body(line[..<blank], value)
    }
  }

  /// The number behind the word at a line's beginning.
  static func value(of word: StaticString, in text: [UInt8]) -> UInt64? {
    var found: UInt64?
    forEachPair(text) { name, value in if found == nil && name.isText(word) { found = value } }
    return found
  }
}

extension ArraySlice<UInt8> {
  /// Whether these are the bytes of the word.
  func isText(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in count == word.count && elementsEqual(word) }
  }
}

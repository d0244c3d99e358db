import Glibc

/// The environment of a container's program: what image and user say, and what a program finds everywhere else.
enum GuestEnvironment {
  /// - Parameters:
  ///   - environment: `NAME=VALUE` words; what they say stands.
  ///   - user: whose home it is, looked up in the container's /etc/passwd; `/` where it is not there, as with runc.
  ///   - workingFolder: preview 1 has no working folder; a guest that wants to know it looks at `PWD`, as Go's does. Said where it is not `/`.
  static func completed(_ environment: [String], user: UInt32, workingFolder: String) -> [String] {
    var environment = environment
    if !environment.contains(where: { $0.hasPrefix("HOME=") }) { environment.append("HOME=" + (UserDatabase.home(of: user) ?? "/")) }
    if workingFolder != "/", !environment.contains(where: { $0.hasPrefix("PWD=") }) { environment.append("PWD=" + workingFolder) }
    return environment
  }
}

/// /etc/passwd of the container (passwd(5)). It is the image's: nothing about it can be trusted.
enum UserDatabase {
  private static let largest = 1 << 20

  /// The sixth field of the user's line; nil where there is none.
  static func home(of user: UInt32, path: String = "/etc/passwd") -> String? {
    // A pipe or a device in its place must hold nobody up.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest else { return nil }
    return FileDescriptor.readAll(file).flatMap { home(of: user, in: $0) }
  }

  static func home(of user: UInt32, in text: [UInt8]) -> String? {
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard fields.count >= 7, UInt32(String(decoding: fields[2], as: UTF8.self)) == user else { continue }
      return fields[5].isEmpty ? nil : String(decoding: fields[5], as: UTF8.self)
    }
    return nil
  }
}

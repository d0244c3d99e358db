import Glibc

/// A command laid out for execve beforehand, so that the child only makes system calls.
struct Command {
  private let arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let folder: UnsafeMutablePointer<CChar>?

  init(_ request: TrialRequest) {
    arguments = Self.vector(request.command)
    environment = Self.vector(request.environment)
    folder = request.folder.map { strdup($0) }
  }

  func deallocate() {
    for vector in [arguments, environment] {
      var entry = vector
      while let text = entry.pointee {
        free(text)
        entry += 1
      }
      vector.deallocate()
    }
    free(folder)
  }

  private static func vector(_ words: [String]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    let vector = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
    for (index, word) in words.enumerated() { vector[index] = strdup(word) }
    vector[words.count] = nil
    return vector
  }

  /// In the child: becomes the program. Returns only on failure, with errno set.
  /// `descriptors` are pairs of an open descriptor and the number the program sees.
  func become(_ descriptors: UnsafeBufferPointer<(from: Int32, to: Int32)>) {
    signal(SIGPIPE, SIG_DFL)
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    for pair in descriptors where dup2(pair.from, pair.to) < 0 { return }
    if let folder, chdir(folder) != 0 { return }
    execve(arguments[0]!, arguments, environment)
  }
}

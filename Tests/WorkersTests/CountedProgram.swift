import Foundation
import TestSupport

/// A program that allocates and calls the kernel a known number of times, linked in different ways.
enum CountedProgram: String, CaseIterable {
  case dynamic
  case `static`
  case stripped

  private static let source = """
    #include <stdio.h>
    #include <stdlib.h>
    #include <sys/syscall.h>
    #include <sys/wait.h>
    #include <unistd.h>
    int main(int count, char **words) { /* ALLOCATIONS CALLS CHILDREN */
      for (long i = atol(words[1]); i > 0; i--) {
        void *volatile memory = i % 2 ? malloc(i) : calloc(i, 1);
        free(memory);
      }
      for (long i = atol(words[2]); i > 0; i--) syscall(SYS_getppid);
      for (long i = atol(words[3]); i > 0; i--) {
        pid_t child = fork();
        if (child == 0) { syscall(SYS_getppid); free(malloc(1)); _exit(0); }
        if (child < 0 || waitpid(child, NULL, 0) != child) return 1;
      }
      return 0;
    }
    """

  /// The executable's path, built at the first use.
  var path: String { get throws { try Self.paths.get()[rawValue]! } }

  private static let paths: Result<[String: String], any Error> = Result {
    let folder = try Scratch.ofProcess.get()
    let source = folder.path("counted.c")
    try Data(Self.source.utf8).write(to: URL(fileURLWithPath: source))
    var paths: [String: String] = [:]
    for (kind, words) in [(Self.dynamic, []), (.static, ["-static"]), (.stripped, ["-static", "-s"])] {
      let path = folder.path("counted-\(kind.rawValue)")
      let outcome = try Command("/usr/bin/cc", ["-O1", "-fno-builtin"] + words + [source, "-o", path]).run()
      guard outcome.status == 0 else { throw CocoaError(.executableLoad, userInfo: ["compiler": outcome.errors]) }
      paths[kind.rawValue] = path
    }
    return paths
  }
}

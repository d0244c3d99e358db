import Foundation
import TestSupport

/// A small static program that misbehaves in chosen ways, compiled once per test process with the system's C compiler.
enum Probe {
  private static let source = """
    #include <signal.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>
    int main(int count, char **words) {
      const char *what = count > 1 ? words[1] : "";
      long number = count > 2 ? atol(words[2]) : 0;
      if (!strcmp(what, "exit")) return (int)number;
      if (!strcmp(what, "signal")) raise((int)number);
      if (!strcmp(what, "say")) { printf("%s\\n", words[2]); return 0; }
      if (!strcmp(what, "sleep")) { sleep((unsigned)number); return 0; }
      if (!strcmp(what, "flood")) {
        static char block[65536];
        for (long i = 0; i < number; i += sizeof block) fwrite(block, 1, sizeof block, stdout);
        return 0;
      }
      if (!strcmp(what, "touch")) {
        char *memory = calloc((size_t)number + 1, 1 << 20);
        for (long i = 0; i < number << 20; i += 4096) memory[i] = 1;
        printf("%d\\n", memory[0]);
        return 0;
      }
      if (!strcmp(what, "hold")) { /* touches so many MiB, says so, and waits for the end of its input */
        char *memory = calloc((size_t)number + 1, 1 << 20);
        for (long i = 0; i < number << 20; i += 4096) memory[i] = 1;
        puts("held");
        fflush(stdout);
        while (getchar() != EOF) continue;
        return memory[0] != 1;
      }
      if (!strcmp(what, "orphan")) {
        if (fork() == 0) { setsid(); if (fork() == 0) { for (int i = 0; i < 3; i++) close(i); sleep((unsigned)number); } _exit(0); }
        usleep(20000);
        return 0;
      }
      if (!strcmp(what, "file")) {
        FILE *file = fopen(words[2], "wx");
        if (!file) { perror(words[2]); return 1; }
        fputs("x", file);
        return fclose(file);
      }
      if (!strcmp(what, "copy")) { int c; while ((c = getchar()) != EOF) putchar(c); return 0; }
      if (!strcmp(what, "variable")) { const char *v = getenv(words[2]); puts(v ? v : "unset"); return 0; }
      if (!strcmp(what, "phases")) { /* phases --phases-fd N */
        dprintf(atoi(words[3]), "{\\"read\\": 120, \\"decode\\":30,\\"exit\\":5}\\n");
        return 0;
      }
      fprintf(stderr, "probe: what?\\n");
      return 64;
    }
    """

  /// The program's path.
  static let path: String = {
    let program = try! Scratch.ofProcess.get().path("probe")
    try! Data(source.utf8).write(to: URL(fileURLWithPath: program + ".c"))
    let outcome = try! Command("/usr/bin/cc", ["-O1", "-static", "-s", program + ".c", "-o", program]).run()
    precondition(outcome.status == 0, "the probe does not compile: \(outcome.errors)")
    return program
  }()
}

/* What the shim conformance suite runs in its containers: one program, told by its first word what to do. Compiled twice, for WASI and as a
   static native executable, so that the same behaviour can be asked of shims of either kind. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef __wasi__
#include <signal.h>
#include <sys/ioctl.h>

/* The first process of a pid namespace gets no default actions: without a handler it would ignore these, as every container program must know. */
static void end_by_signal(int number) { _exit(128 + number); }

static void catch_signals(void) {
  int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
  for (unsigned index = 0; index < sizeof numbers / sizeof *numbers; index++) signal(numbers[index], end_by_signal);
}
#endif

extern char **environ;

static int is(const char *word, const char *other) { return strcmp(word, other) == 0; }

static void say_ready(void) {
  printf("ready\n");
  fflush(stdout);
}

static int fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  return 1;
}

static void wait_milliseconds(long milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&time, NULL);
}

/* All of standard input: how many bytes, and a sum that depends on their order (FNV-1a). */
static int count_input(void) {
  static unsigned char buffer[65536];
  uint64_t sum = 14695981039346656037u, total = 0;
  ssize_t count;
  while ((count = read(0, buffer, sizeof buffer)) > 0) {
    total += (uint64_t)count;
    for (ssize_t index = 0; index < count; index++) sum = (sum ^ buffer[index]) * 1099511628211u;
  }
  if (count < 0) return fail("read");
  printf("%llu bytes %016llx\n", (unsigned long long)total, (unsigned long long)sum);
  return 0;
}

static int copy_lines(void) {
  char buffer[4096];
  ssize_t count;
  while ((count = read(0, buffer, sizeof buffer)) > 0) {
    if (write(1, buffer, (size_t)count) != count) return fail("write");
  }
  return 0;
}

/* Numbers of eight bytes, counting up, so that a lost, repeated or changed block shows. */
static int flood(uint64_t bytes) {
  static uint64_t block[8192];
  uint64_t next = 0;
  while (bytes > 0) {
    uint64_t length = bytes < sizeof block ? bytes : sizeof block;
    for (unsigned index = 0; index < 8192; index++) block[index] = next++;
    for (uint64_t done = 0; done < length;) {
      ssize_t count = write(1, (char *)block + done, length - done);
      if (count < 0) return fail("write");
      done += (uint64_t)count;
    }
    bytes -= length;
  }
  return 0;
}

/* Takes memory by the mebibyte and writes to every page, until there is no more. */
static int grow(void) {
  for (unsigned count = 0; count < 8192; count++) {
    volatile char *memory = malloc(1 << 20);
    if (memory == NULL) {
      printf("growth failed at %u MiB\n", count);
      return 3;
    }
    for (unsigned offset = 0; offset < 1 << 20; offset += 4096) memory[offset] = 1;
  }
  printf("no end\n");
  return 0;
}

static int write_file(const char *path, uint64_t bytes) {
  static char block[65536];
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return fail(path);
  for (uint64_t done = 0; done < bytes;) {
    ssize_t count = write(file, block, bytes - done < sizeof block ? bytes - done : sizeof block);
    if (count < 0) return fail(path);
    done += (uint64_t)count;
  }
  close(file);
  printf("written\n");
  return 0;
}

/* Whether what is written to can be cut off. Said only where it cannot. */
static int cut_streams(void) {
  if (ftruncate(1, 0) == 0 || ftruncate(2, 0) == 0) return 1;
  printf("refused\n");
  return 0;
}

#ifndef __wasi__
/* Ends at once and leaves a process behind that holds the streams. */
static int leave_somebody(long milliseconds, int status) {
  pid_t child = fork();
  if (child < 0) return fail("fork");
  if (child > 0) {
    printf("left\n");
    return status;
  }
  wait_milliseconds(milliseconds);
  _exit(0);
}
#endif

static int show_file(const char *path) {
  char buffer[4096];
  ssize_t count;
  int file = open(path, O_RDONLY);
  if (file < 0) return fail(path);
  while ((count = read(file, buffer, sizeof buffer)) > 0) fwrite(buffer, 1, (size_t)count, stdout);
  if (count < 0) return fail(path);
  return 0;
}

#ifndef __wasi__
/* Children that wait for their end, until there may be no more. */
static int make_children(void) {
  int count = 0;
  for (; count < 1000; count++) {
    pid_t child = fork();
    if (child < 0) break;
    if (child == 0) {
      for (;;) pause();
    }
  }
  printf("%d children\n", count);
  return 0;
}
#endif

static int sink;

__attribute__((noinline)) static int inner_mistake(int value) {
#ifdef __wasi__
  if (value > 0) __builtin_trap();
#else
  if (value > 0) abort();
#endif
  return value;
}

__attribute__((noinline)) static int outer_mistake(int value) { return inner_mistake(value + sink) + 1; }

int main(int argc, char **argv) {
#ifndef __wasi__
  catch_signals();
#endif
  const char *word = argc > 1 ? argv[1] : "say";
  const char *operand = argc > 2 ? argv[2] : "";
  if (is(word, "say")) {
    for (int index = 2; index < argc; index++) printf("%s%s", argv[index], index + 1 < argc ? " " : "");
    printf("\n");
  } else if (is(word, "both")) {
    printf("to output\n");
    fflush(stdout);
    fprintf(stderr, "to errors\n");
  } else if (is(word, "exit")) {
    return atoi(operand);
  } else if (is(word, "arguments")) {
    for (int index = 2; index < argc; index++) printf("[%s]\n", argv[index]);
  } else if (is(word, "environment")) {
    for (char **entry = environ; *entry != NULL; entry++) printf("%s\n", *entry);
  } else if (is(word, "count")) {
    return count_input();
  } else if (is(word, "cat")) {
    say_ready();
    return copy_lines();
  } else if (is(word, "spin")) {
    say_ready();
    for (volatile int forever = 1; forever;) {
    }
  } else if (is(word, "sleep")) {
    say_ready();
    for (;;) sleep(1000);
  } else if (is(word, "poll")) {
    say_ready();
    struct pollfd input = {.fd = 0, .events = POLLIN};
    for (;;) poll(&input, 1, -1);
  } else if (is(word, "read")) {
    char byte;
    say_ready();
    while (read(0, &byte, 1) > 0) {
    }
    printf("end of input\n");
  } else if (is(word, "wait")) {
    say_ready();
    wait_milliseconds(atol(operand));
    return argc > 3 ? atoi(argv[3]) : 0;
  } else if (is(word, "ticks")) {
    for (long tick = 0;; tick++) {
      printf("%ld\n", tick);
      fflush(stdout);
      wait_milliseconds(20);
    }
  } else if (is(word, "trap")) {
    printf("before\n");
    fflush(stdout);
    return outer_mistake(1);
  } else if (is(word, "grow")) {
    return grow();
  } else if (is(word, "flood")) {
    return flood(strtoull(operand, NULL, 10));
  } else if (is(word, "write")) {
    return write_file(operand, argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
  } else if (is(word, "show")) {
    return show_file(operand);
  } else if (is(word, "terminal")) {
    printf("input %d output %d errors %d\n", isatty(0), isatty(1), isatty(2));
  } else if (is(word, "cut")) {
    return cut_streams();
#ifndef __wasi__
  } else if (is(word, "fork")) {
    return make_children();
  } else if (is(word, "leave")) {
    return leave_somebody(atol(operand), argc > 3 ? atoi(argv[3]) : 0);
  } else if (is(word, "anew")) {
    /* As `echo > /dev/stdout` does. */
    int file = open("/dev/stdout", O_WRONLY);
    if (file < 0) return fail("/dev/stdout");
    return write(file, "anew\n", 5) == 5 ? 0 : 1;
  } else if (is(word, "wait-size")) {
    /* A client tells the size a moment after the start. */
    struct winsize size = {0};
    for (int tries = 0; tries < 100 && size.ws_col == 0; tries++) {
      ioctl(1, TIOCGWINSZ, &size);
      wait_milliseconds(20);
    }
    printf("%d columns %d rows\n", size.ws_col, size.ws_row);
#endif
  } else {
    fprintf(stderr, "no such word: %s\n", word);
    return 64;
  }
  return 0;
}

// usage: repeat [REPETITIONS [STEPS]]
// The same computation again and again. Prints a checksum, and on standard error the nanoseconds of every repetition, one a line: an engine
// that compiles what is hot gets faster on the way.
#include "output.h"
#include <time.h>

enum { default_repetitions = 100, default_steps = 2000, most_repetitions = 100000, most_steps = 100000000, table_size = 256 };

static uint64_t times[most_repetitions];
static uint32_t table[table_size];

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

// A function of its own, called from a loop: as much of it is hot as in most programs.
__attribute__((noinline)) static uint32_t mix(uint32_t value, uint32_t other) {
  value ^= other * 2654435761u;
  value = value << 13 | value >> 19;
  return value * 5 + 0xe6546b64u;
}

__attribute__((noinline)) static uint32_t kernel(uint32_t seed, uint32_t steps) {
  for (uint32_t step = 0; step < steps; step++) {
    uint32_t index = seed % table_size;
    table[index] = mix(table[index], seed);
    seed = mix(seed, table[(index * 7 + step) % table_size]);
    if (seed & 16) table[(index + 1) % table_size] += step;
  }
  return seed;
}

// All times on standard error, one a line, in few calls.
static int write_times(uint64_t count) {
  static char text[1 << 14];
  size_t length = 0;
  for (uint64_t index = 0; index < count; index++) {
    char digits[20];
    size_t first = sizeof digits;
    uint64_t nanoseconds = times[index];
    do {
      digits[--first] = (char)('0' + nanoseconds % 10);
      nanoseconds /= 10;
    } while (nanoseconds > 0);
    memcpy(text + length, digits + first, sizeof digits - first);
    length += sizeof digits - first;
    text[length++] = '\n';
    if (length + sizeof digits + 1 > sizeof text || index + 1 == count) {
      if (write(2, text, length) != (ssize_t)length) return -1;
      length = 0;
    }
  }
  return 0;
}

int main(int count, char **arguments) {
  uint64_t repetitions = number_of(count > 1 ? arguments[1] : NULL, default_repetitions);
  uint64_t steps = number_of(count > 2 ? arguments[2] : NULL, default_steps);
  if (repetitions > most_repetitions || steps > most_steps) {
    static const char usage[] = "usage: repeat [REPETITIONS [STEPS]], at most 100000 and 100000000\n";
    write(2, usage, sizeof usage - 1);
    return 64;
  }
  uint32_t checksum = 1;
  for (uint64_t repetition = 0; repetition < repetitions; repetition++) {
    uint64_t began = now();
    checksum = kernel(checksum, (uint32_t)steps);
    times[repetition] = now() - began;
  }
  if (write_text("checksum ") != 0 || write_number(checksum) != 0 || write_text("\n") != 0) return 1;
  // Written after all has been timed.
  return write_times(repetitions) == 0 ? 0 : 1;
}

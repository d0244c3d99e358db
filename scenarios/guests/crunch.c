// usage: crunch [ROUNDS [STEPS]]
// A fixed computation: integers, branches that depend on data, table look-ups, calls and floating point. The same answer everywhere.
#include "output.h"

enum { table_size = 4096, default_rounds = 4, default_steps = 400000, most = 1000000 };

static uint32_t table[table_size];

static uint64_t next(uint64_t *state) {
  uint64_t x = *state;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return *state = x;
}

// How many steps the Collatz sequence takes, at most 64: a loop whose length depends on its data.
__attribute__((noinline)) static uint32_t collatz(uint32_t number) {
  uint32_t length = 0;
  while (number > 1 && length < 64) {
    number = number & 1 ? number * 3 + 1 : number / 2;
    length++;
  }
  return length;
}

// One step of the logistic map; only additions and multiplications, so every IEEE machine agrees.
__attribute__((noinline)) static double logistic(double x) { return 3.75 * x * (1.0 - x); }

int main(int count, char **arguments) {
  uint64_t rounds = number_of(count > 1 ? arguments[1] : NULL, default_rounds);
  uint64_t steps = number_of(count > 2 ? arguments[2] : NULL, default_steps);
  if (rounds > most || steps > most) {
    static const char usage[] = "usage: crunch [ROUNDS [STEPS]], each at most 1000000\n";
    write(2, usage, sizeof usage - 1);
    return 64;
  }
  uint64_t state = 88172645463325252u;
  uint64_t checksum = 0;
  double x = 0.25;
  for (uint64_t round = 0; round < rounds; round++) {
    for (uint32_t step = 0; step < steps; step++) {
      uint64_t random = next(&state);
      uint32_t index = (uint32_t)random % table_size;
      table[index] = (table[index] ^ (uint32_t)(random >> 32)) * 2654435761u;
      if (table[index] & 64) {
        checksum += table[(index * 7 + step) % table_size];
      } else {
        checksum ^= random >> (index & 31);
      }
      if ((step & 63) == 0) checksum = checksum * 31 + collatz((uint32_t)(random >> 40));
      x = logistic(x);
    }
    checksum += (uint64_t)(x * 1e9);
  }
  if (write_text("checksum ") != 0 || write_number(checksum) != 0 || write_text("\n") != 0) return 1;
  return 0;
}

// usage: held [MIB]
// Touches so many mebibytes (1 unless given), says so, and waits until its input ends: what something weighs that is there and does nothing.
#include "output.h"
#include <stdlib.h>

enum { mebibyte = 1 << 20, page = 4096, most = 1024 };

int main(int count, char **arguments) {
  uint64_t amount = number_of(count > 1 ? arguments[1] : NULL, 1);
  if (amount > most) {
    static const char usage[] = "usage: held [MIB], at most 1024\n";
    write(2, usage, sizeof usage - 1);
    return 64;
  }
  if (amount > 0) {
    // Through a volatile pointer: nobody reads these bytes, and the compiler would leave the stores out.
    volatile unsigned char *pages = malloc(amount * mebibyte);
    if (pages == NULL) return 1;
    for (size_t offset = 0; offset < amount * mebibyte; offset += page) pages[offset] = 1;
  }
  if (write_text("touched ") != 0 || write_number(amount) != 0 || write_text(" MiB\n") != 0) return 1;
  char input[64];
  ssize_t length;
  do length = read(0, input, sizeof input);
  while (length > 0);
  return length < 0;
}

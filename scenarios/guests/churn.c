// usage: churn [MIB]
// Allocates that many MiB, touches every page and keeps them until it ends. `churn 0` is its idle self.
// One MiB at a time: wasm memory then grows by just that much (no doubling), and glibc maps every piece by itself.
#include <stdlib.h>

#include "output.h"

enum { mebibyte = 1 << 20, page = 4096, most = 2048, default_amount = 64 };

static unsigned char *pieces[most];

int main(int count, char **arguments) {
  uint64_t amount = number_of(count > 1 ? arguments[1] : NULL, default_amount);
  if (amount > most) {
    static const char usage[] = "usage: churn [MIB], at most 2048\n";
    write(2, usage, sizeof usage - 1);
    return 64;
  }
  for (uint64_t i = 0; i < amount; i++) {
    pieces[i] = malloc(mebibyte);
    if (!pieces[i]) {
      static const char refused[] = "churn: no memory\n";
      write(2, refused, sizeof refused - 1);
      return 1;
    }
    for (size_t offset = 0; offset < mebibyte; offset += page) pieces[i][offset] = (unsigned char)(i + offset / page + 1);
  }
  uint64_t touched = 0, checksum = 0;
  for (uint64_t i = 0; i < amount; i++) {
    for (size_t offset = 0; offset < mebibyte; offset += page) {
      checksum += pieces[i][offset];
      touched++;
    }
  }
  if (write_text("touched ") != 0 || write_number(touched) != 0 || write_text(" pages, checksum ") != 0 ||
      write_number(checksum) != 0 || write_text("\n") != 0)
    return 1;
  return 0;
}

// Its arguments, one a line, then its standard input, unchanged.
#include "output.h"

int main(int count, char **arguments) {
  for (int i = 1; i < count; i++) {
    if (write_text(arguments[i]) != 0 || write_text("\n") != 0) return 1;
  }
  static char buffer[4096];
  for (;;) {
    ssize_t length = read(0, buffer, sizeof buffer);
    if (length == 0) return 0;
    if (length < 0 || write_all(buffer, (size_t)length) != 0) return 1;
  }
}

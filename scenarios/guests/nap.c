// usage: nap [MS]
// Sleeps so many milliseconds and says so: a time that is known beforehand.
#include <time.h>

#include "output.h"

int main(int count, char **words) {
  uint64_t milliseconds = number_of(count > 1 ? words[1] : NULL, 100);
  if (count > 2 || milliseconds > 60000) {
    static const char usage[] = "usage: nap [MS], at most 60000\n";
    return write(2, usage, sizeof usage - 1) < 0 ? 1 : 64;
  }
  struct timespec time = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};
  return nanosleep(&time, NULL) == 0 && write_text("rested\n") == 0 ? 0 : 1;
}

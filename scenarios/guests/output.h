// Output without the standard streams: they would be most of a small module.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static inline int write_all(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(1, bytes, length);
    if (written < 0) return -1;
    bytes += written;
    length -= (size_t)written;
  }
  return 0;
}

static inline int write_text(const char *text) { return write_all(text, strlen(text)); }

static inline int write_number(uint64_t number) {
  char digits[20];
  size_t first = sizeof digits;
  do {
    digits[--first] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  return write_all(digits + first, sizeof digits - first);
}

// The number a decimal text stands for, or the given one where there is no text; UINT64_MAX for anything else.
static inline uint64_t number_of(const char *text, uint64_t otherwise) {
  if (!text) return otherwise;
  uint64_t number = 0;
  if (!*text) return UINT64_MAX;
  for (; *text; text++) {
    if (*text < '0' || *text > '9' || number > UINT32_MAX) return UINT64_MAX;
    number = number * 10 + (uint64_t)(*text - '0');
  }
  return number;
}

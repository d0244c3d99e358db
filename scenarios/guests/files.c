// usage: files [FOLDER [COUNT]]
// Writes COUNT files in a folder of its own below FOLDER, reads them back, renames half of them, lists them, removes everything.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "output.h"

enum { file_size = 16384, default_count = 50, most = 1000000 };

static char folder[1024];
static char path[1100];
static char other[1100];
static unsigned char content[file_size];

static void fail(const char *what) {
  fprintf(stderr, "files: %s %s: %s\n", what, path, strerror(errno));
  exit(1);
}

static void write_file(uint32_t number) {
  snprintf(path, sizeof path, "%s/%06u.data", folder, number);
  for (size_t i = 0; i < file_size; i++) content[i] = (unsigned char)(i * 7 + number * 13);
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (file < 0) fail("open");
  for (size_t done = 0; done < file_size;) {
    ssize_t length = write(file, content + done, file_size - done);
    if (length < 0) fail("write");
    done += (size_t)length;
  }
  if (close(file) != 0) fail("close");
}

static uint64_t read_file(uint32_t number) {
  snprintf(path, sizeof path, "%s/%06u.data", folder, number);
  int file = open(path, O_RDONLY);
  if (file < 0) fail("open");
  uint64_t sum = 0;
  ssize_t length;
  while ((length = read(file, content, sizeof content)) > 0) {
    for (ssize_t i = 0; i < length; i++) sum = sum * 31 + content[i];
  }
  if (length < 0) fail("read");
  if (close(file) != 0) fail("close");
  return sum;
}

int main(int count, char **arguments) {
  const char *parent = count > 1 ? arguments[1] : ".";
  uint64_t amount = number_of(count > 2 ? arguments[2] : NULL, default_count);
  if (amount > most || strlen(parent) > 1000) {
    fprintf(stderr, "usage: files [FOLDER [COUNT]], at most %d files\n", most);
    return 64;
  }
  snprintf(folder, sizeof folder, "%s/files-work", parent);
  strcpy(path, folder);
  if (mkdir(folder, 0755) != 0) fail("mkdir");

  uint64_t checksum = 0;
  for (uint32_t i = 0; i < amount; i++) write_file(i);
  for (uint32_t i = 0; i < amount; i++) checksum += read_file(i);
  for (uint32_t i = 0; i < amount; i += 2) {
    snprintf(path, sizeof path, "%s/%06u.data", folder, i);
    snprintf(other, sizeof other, "%s/%06u.renamed", folder, i);
    if (rename(path, other) != 0) fail("rename");
  }

  // The order of a listing is the file system's own, so only sums of it are printed.
  strcpy(path, folder);
  DIR *listing = opendir(folder);
  if (!listing) fail("opendir");
  uint64_t listed = 0, renamed = 0, bytes = 0;
  for (struct dirent *entry; (entry = readdir(listing));) {
    if (entry->d_name[0] == '.') continue;
    struct stat status;
    snprintf(path, sizeof path, "%s/%.64s", folder, entry->d_name);
    if (stat(path, &status) != 0) fail("stat");
    listed++;
    renamed += strstr(entry->d_name, ".renamed") != NULL;
    bytes += (uint64_t)status.st_size;
  }
  closedir(listing);

  for (uint32_t i = 0; i < amount; i++) {
    snprintf(path, sizeof path, "%s/%06u.%s", folder, i, i % 2 == 0 ? "renamed" : "data");
    if (unlink(path) != 0) fail("unlink");
  }
  strcpy(path, folder);
  if (rmdir(folder) != 0) fail("rmdir");
  printf("%llu files, %llu renamed, %llu bytes, checksum %llu\n", (unsigned long long)listed, (unsigned long long)renamed,
         (unsigned long long)bytes, (unsigned long long)checksum);
  return 0;
}

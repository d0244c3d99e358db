// A guest that tries to get out of its folder, descriptor 3, and says what it got. How it is called, and what lies where: EscapeTests.swift.
//
//   escape look PATH...        asks for each path: attributes, contents, entries, the link's content, a hard link to it
//   escape change PATH...      makes, overwrites, moves, links and removes at each path
//   escape random SEED COUNT   both, at paths made of the names that lie in the folder
//   escape swap COUNT          both, at `name/secret`, while somebody on the host turns `name` into one thing and another
//   escape tricks              descriptors and texts that are not what they should be
//
// Built with: clang-14 --target=wasm32-wasi -O2 -Wall -Wextra -Werror -Wl,--strip-all escape.c -o escape.wasm
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

enum { root = 3 };
// Everything outside was changed last at this moment (nanoseconds), and files there begin with this word.
static const uint64_t outside_time = 1000000007000000000;
static const char outside_word[] = "OUTSIDE";
static const char outside_name[] = "only-outside";

static unsigned attempts, successes, escapes;

static void report(const char *what, const char *path) {
  escapes++;
  printf("ESCAPE %s %s\n", what, path);
}

static bool succeeded(__wasi_errno_t error) {
  attempts++;
  if (error == 0) successes++;
  return error == 0;
}

// What the folder lies on: attributes from another device are those of /proc, /dev and the like.
static __wasi_device_t device;

// Whether paths certainly lead out: then every success is an escape.
static bool leads_out;

static void judge(bool success, const char *what, const char *path) {
  if (success && leads_out) report(what, path);
}

static void look_at_file(__wasi_fd_t file, const char *path) {
  uint8_t buffer[256];
  __wasi_iovec_t vector = {buffer, sizeof buffer};
  size_t count;
  if (succeeded(__wasi_fd_read(file, &vector, 1, &count)) && count >= strlen(outside_word) &&
      memcmp(buffer, outside_word, strlen(outside_word)) == 0)
    report("read", path);
  static uint8_t entries[4096];
  if (succeeded(__wasi_fd_readdir(file, entries, sizeof entries, 0, &count))) {
    for (size_t at = 0; at + strlen(outside_name) <= count; at++)
      if (memcmp(entries + at, outside_name, strlen(outside_name)) == 0) report("list", path);
  }
  __wasi_filestat_t status;
  if (succeeded(__wasi_fd_filestat_get(file, &status)) && status.mtim == outside_time) report("attributes of the open file", path);
}

static void look(__wasi_fd_t folder, const char *path) {
  __wasi_filestat_t status;
  for (int follow = 0; follow <= 1; follow++) {
    bool got = succeeded(__wasi_path_filestat_get(folder, follow, path, &status));
    // A link itself may be looked at; what is behind it may not.
    if (got && status.mtim == outside_time) report("attributes", path);
    if (got && status.dev != device) report("attributes on another device", path);
    if (follow) judge(got, "attributes", path);
  }
  for (int flags = 0; flags <= __WASI_OFLAGS_DIRECTORY; flags += __WASI_OFLAGS_DIRECTORY) {
    __wasi_fd_t file;
    if (!succeeded(__wasi_path_open(folder, 1, path, flags, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_READDIR | __WASI_RIGHTS_PATH_OPEN, ~0ull, 0, &file)))
      continue;
    judge(true, "open", path);
    look_at_file(file, path);
    // From a folder once opened, upwards again.
    __wasi_fd_t upper;
    for (int depth = 1; flags && depth < 5; depth++) {
      const char *ups[] = {"", "..", "../..", "../../..", "../../../.."};
      if (succeeded(__wasi_path_open(file, 1, ups[depth], flags, __WASI_RIGHTS_FD_READDIR, ~0ull, 0, &upper))) {
        look_at_file(upper, path);
        (void)!__wasi_fd_close(upper);
      }
    }
    (void)!__wasi_fd_close(file);
  }
  uint8_t content[256];
  size_t length;
  if (succeeded(__wasi_path_readlink(folder, path, content, sizeof content, &length)) && length >= strlen(outside_word) &&
      memcmp(content, outside_word, strlen(outside_word)) == 0)
    report("link's content", path);
  for (int follow = 0; follow <= 1; follow++) {
    if (!succeeded(__wasi_path_link(folder, follow, path, root, "taken"))) continue;
    if (__wasi_path_filestat_get(root, 0, "taken", &status) == 0 && status.mtim == outside_time) report("hard link", path);
    __wasi_fd_t file;
    if (__wasi_path_open(root, 0, "taken", 0, __WASI_RIGHTS_FD_READ, 0, 0, &file) == 0) {
      look_at_file(file, path);
      (void)!__wasi_fd_close(file);
    }
    (void)!__wasi_path_unlink_file(root, "taken");
  }
}

// What this leaves outside, the test finds there.
static void change(__wasi_fd_t folder, const char *path) {
  static char below[8192];
  snprintf(below, sizeof below, "%s/made-by-guest", path);
  __wasi_fd_t file;
  for (int flags = 0; flags < 16; flags++) {
    if (!succeeded(__wasi_path_open(folder, 1, path, flags, __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_READ, 0, __WASI_FDFLAGS_APPEND, &file)))
      continue;
    judge(true, "open for writing", path);
    __wasi_ciovec_t vector = {(const uint8_t *)"GUEST", 5};
    size_t count;
    (void)succeeded(__wasi_fd_write(file, &vector, 1, &count));
    (void)succeeded(__wasi_fd_filestat_set_size(file, 3));
    (void)succeeded(__wasi_fd_filestat_set_times(file, 1, 1, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
    (void)!__wasi_fd_close(file);
  }
  judge(succeeded(__wasi_path_filestat_set_times(folder, 1, path, 1, 1, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM)), "times", path);
  judge(succeeded(__wasi_path_create_directory(folder, below)), "make a folder", below);
  judge(succeeded(__wasi_path_symlink("own", folder, below)), "make a link", below);
  judge(succeeded(__wasi_path_link(root, 0, "own", folder, below)), "put a hard link", below);
  judge(succeeded(__wasi_path_rename(root, "own-too", folder, below)), "move there", below);
  judge(succeeded(__wasi_path_unlink_file(folder, below)), "remove", below);
  judge(succeeded(__wasi_path_remove_directory(folder, below)), "remove a folder", below);
  for (int depth = 0; depth < 2; depth++) {
    const char *target = depth ? below : path;
    if (succeeded(__wasi_path_open(folder, 1, target, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, __WASI_RIGHTS_FD_WRITE, 0, 0, &file))) {
      judge(true, "create", target);
      (void)!__wasi_fd_close(file);
    }
  }
  // A link itself may be moved or removed inside; a path that goes through one may not.
  bool through = strchr(path, '/') != NULL;
  bool moved = succeeded(__wasi_path_rename(folder, path, root, "stolen"));
  if (through) judge(moved, "move away", path);
  __wasi_fd_t stolen;
  if (moved && __wasi_path_open(root, 0, "stolen", 0, __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_READDIR, 0, 0, &stolen) == 0) {
    look_at_file(stolen, path);
    (void)!__wasi_fd_close(stolen);
  }
  if (moved) (void)!__wasi_path_rename(root, "stolen", folder, path);
  bool removed = succeeded(__wasi_path_unlink_file(folder, path));
  if (through) judge(removed, "remove", path);
  removed = succeeded(__wasi_path_remove_directory(folder, path));
  if (through) judge(removed, "remove a folder", path);
}

static uint64_t state;

static unsigned drawn(unsigned limit) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(state >> 33) % limit;
}

static void random_paths(unsigned count) {
  static const char *const names[] = {"..", "..", "..", ".",    "",       "dir",  "deep",  "file",     "up",   "absolute", "chain",  "back",
                                      "out", "outside", "secret", "inside", "own", "magic", "proc", "self", "root", "cwd", "fd", "only-outside", "loop"};
  enum { name_count = sizeof names / sizeof *names };
  for (unsigned number = 0; number < count; number++) {
    char path[512] = "";
    for (unsigned length = 1 + drawn(7), at = 0; at < length; at++) {
      if (at > 0 || drawn(8) == 0) strcat(path, drawn(10) ? "/" : "//");
      strcat(path, names[drawn(name_count)]);
    }
    if (drawn(8) == 0) strcat(path, "/");
    if (number % 4 < 3) look(root, path); else change(root, path);
    if (number % 50 == 49) {
      // New ways, as far as a guest may make them.
      char link[32], content[64] = "";
      snprintf(link, sizeof link, "dir/new%u", number);
      for (unsigned at = 0, length = 1 + drawn(4); at < length; at++) {
        strcat(content, names[drawn(name_count)]);
        strcat(content, at + 1 < length ? "/" : "");
      }
      if (succeeded(__wasi_path_symlink(content, root, link))) {
        look(root, link);
        strcat(link, "/secret");
        look(root, link);
      }
    }
  }
}

static void swapped(unsigned count) {
  for (unsigned number = 0; number < count; number++) {
    look(root, number % 2 ? "name/secret" : "name");
    __wasi_fd_t file;
    if (succeeded(__wasi_path_open(root, 1, "name/secret", number % 4 < 2 ? __WASI_OFLAGS_CREAT : 0, __WASI_RIGHTS_FD_WRITE, 0, 0, &file))) {
      __wasi_ciovec_t vector = {(const uint8_t *)"GUEST", 5};
      size_t length;
      (void)succeeded(__wasi_fd_write(file, &vector, 1, &length));
      (void)!__wasi_fd_close(file);
    }
    char made[64];
    snprintf(made, sizeof made, "name/made-by-guest-%u", number % 7);
    (void)succeeded(__wasi_path_create_directory(root, made));
    (void)succeeded(__wasi_path_symlink("x", root, made));
    (void)succeeded(__wasi_path_rename(root, "own", root, made));
    (void)succeeded(__wasi_path_rename(root, made, root, "own"));
    (void)succeeded(__wasi_path_unlink_file(root, made));
    (void)succeeded(__wasi_path_remove_directory(root, made));
    (void)succeeded(__wasi_path_filestat_set_times(root, 1, "name/secret", 1, 1, __WASI_FSTFLAGS_MTIM));
  }
}

static void tricks(void) {
  leads_out = true;
  // Descriptors that are no folder of ours.
  for (__wasi_fd_t descriptor = 0; descriptor < 64; descriptor++) {
    if (descriptor == root) continue;
    look(descriptor, ".");
    look(descriptor, "secret");
    look(descriptor, "etc/passwd");
    __wasi_prestat_t prestat;
    judge(succeeded(__wasi_fd_prestat_get(descriptor, &prestat)), "a second folder", "");
  }
  static const __wasi_fd_t far[] = {1u << 20, 0x7fffffff, 0x80000000, 0xffffffff, 0xffffff9c /* AT_FDCWD */};
  for (unsigned at = 0; at < sizeof far / sizeof *far; at++) {
    look(far[at], ".");
    look(far[at], "/etc/passwd");
    judge(succeeded(__wasi_fd_renumber(root, far[at])), "renumber", "");
  }
  // Texts that are no paths: a zero byte, one that is too long, none.
  __wasi_filestat_t status;
  static const char cut[] = "dir\0/../../outside/secret";
  attempts += 2;
  // The bindings take C strings; the real call takes a length.
  extern int32_t path_filestat_get(int32_t, int32_t, const char *, int32_t, void *)
      __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__("path_filestat_get")));
  if (path_filestat_get(root, 1, cut, sizeof cut - 1, &status) == 0) report("a zero byte", "dir");
  if (path_filestat_get(root, 1, "../outside/secret", 2, &status) == 0) report("a length", "..");
  static char longest[9000];
  for (int at = 0; at < 8990; at += 3) memcpy(longest + at, "../", 3);
  look(root, longest);
  look(root, "");
  // A folder that is moved while it is open keeps its place in no way but by name.
  leads_out = false;
  __wasi_fd_t deep;
  if (succeeded(__wasi_path_open(root, 0, "dir/deep", __WASI_OFLAGS_DIRECTORY, ~(uint64_t)__WASI_RIGHTS_FD_WRITE, ~0ull, 0, &deep))) {
    (void)succeeded(__wasi_path_rename(root, "dir/deep", root, "moved"));
    leads_out = true;
    look(deep, "..");
    look(deep, "../outside/secret");
    look(deep, "../../outside/secret");
    look(deep, "../../../outside/secret");
    look(deep, "out/secret");
    change(deep, "../../outside");
    // Its number as the root's.
    leads_out = false;
    if (succeeded(__wasi_fd_renumber(deep, root))) {
      leads_out = true;
      look(root, "..");
      look(root, "../../outside/secret");
      look(root, "../own");
    }
  }
}

int main(int count, char **arguments) {
  const char *what = count > 1 ? arguments[1] : "";
  __wasi_filestat_t status;
  if (__wasi_fd_filestat_get(root, &status) != 0) return 66;
  device = status.dev;
  if (strcmp(what, "look") == 0 || strcmp(what, "change") == 0) {
    leads_out = true;
    for (int at = 2; at < count; at++) (what[0] == 'l' ? look : change)(root, arguments[at]);
  } else if (strcmp(what, "random") == 0 && count == 4) {
    state = strtoull(arguments[2], NULL, 10);
    random_paths((unsigned)strtoul(arguments[3], NULL, 10));
  } else if (strcmp(what, "swap") == 0 && count == 3) {
    swapped((unsigned)strtoul(arguments[2], NULL, 10));
  } else if (strcmp(what, "tricks") == 0) {
    tricks();
  } else {
    return 64;
  }
  printf("%u attempts, %u succeeded, %u escapes\n", attempts, successes, escapes);
  return escapes ? 1 : 0;
}

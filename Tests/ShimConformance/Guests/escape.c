/* Tries to leave its container: `escape ATTEMPT CANARY BUNDLE DEVICE` prints one line for each way that worked, "ESCAPED: how", and closes with
   how many ways it tried. CANARY is a file of the host, BUNDLE the folder of the container's bundle there, DEVICE the host's disk as
   MAJOR:MINOR. What only native programs can try is left out of the WASI build. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __wasi__
#include <wasi/api.h>
#else
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#endif

static int tries, escapes;

static void escaped(const char *how, const char *detail) {
  escapes++;
  printf("ESCAPED: %s %s\n", how, detail);
}

/* Whether a file of the host can be read or written by this path. */
static void try_file(const char *how, const char *path, int flags) {
  tries++;
  int file = open(path, flags);
  if (file < 0) return;
  escaped(how, path);
  close(file);
}

/* Writing the file would do harm, so that nothing but the opening is tried: who may open may write. */
static void try_writing(const char *how, const char *path) { try_file(how, path, O_WRONLY); }

static void try_both(const char *how, const char *path) {
  try_file(how, path, O_RDONLY);
  try_writing(how, path);
}

/* Files of the kernel that anyone may open and that refuse what is written: only what they take counts. */
static void try_changing(const char *how, const char *path) {
  tries++;
  int file = open(path, O_WRONLY);
  if (file < 0) return;
  if (write(file, "\n", 1) > 0) escaped(how, path);
  close(file);
}

static void through_parents(const char *canary) {
  char path[4096] = "";
  try_both("host path", canary);
  for (int depth = 0; depth < 40; depth++) {
    strcat(path, "../");
    char whole[8192];
    snprintf(whole, sizeof whole, "%s%s", path, canary + 1);
    try_both("parents", whole);
    snprintf(whole, sizeof whole, "/%s%s", path, canary + 1);
    try_both("parents of the root", whole);
    snprintf(whole, sizeof whole, "/folder/%s%s", path, canary + 1);
    try_both("parents of a folder", whole);
  }
#ifndef __wasi__
  /* The classic: change the root while standing outside of it. */
  int here = open("/", O_RDONLY | O_DIRECTORY);
  mkdir("/inner", 0755);
  if (chroot("/inner") == 0 && fchdir(here) == 0) {
    for (int depth = 0; depth < 64; depth++) {
      if (chdir("..") != 0) break;
    }
    try_file("double chroot", canary + 1, O_RDONLY);
  }
#endif
}

static void through_links(const char *canary) {
  /* The image brings links that were never made from inside. */
  char path[4096];
  try_both("planted absolute link", "/links/canary");
  try_both("planted relative link", "/links/relative-canary");
  snprintf(path, sizeof path, "/links/up%s", canary);
  try_both("planted link to the parents", path);
  snprintf(path, sizeof path, "/links/root%s", canary);
  try_both("planted link to the root", path);
  snprintf(path, sizeof path, "/links/first%s", canary);
  try_both("planted link to the first process", path);
  /* And links made now. */
  unlink("/made");
  if (symlink(canary, "/made") == 0) try_both("made absolute link", "/made");
  unlink("/made");
  if (symlink("../../../../../../../../../../..", "/made") == 0) {
    snprintf(path, sizeof path, "/made%s", canary);
    try_both("made link to the parents", path);
  }
  unlink("/made");
  tries++;
  if (link(canary, "/made") == 0) escaped("hard link", canary);
  tries++;
  if (rename(canary, "/made") == 0) escaped("renamed", canary);
}

static void through_proc(const char *canary) {
  char path[8192];
  for (int process = 1; process < 64; process++) {
    const char *doors[] = {"root", "cwd", "root/../..", "cwd/../../.."};
    for (unsigned index = 0; index < 4; index++) {
      snprintf(path, sizeof path, "/proc/%d/%s%s", process, doors[index], canary);
      try_both("proc", path);
    }
  }
  snprintf(path, sizeof path, "/proc/self/root%s", canary);
  try_both("proc", path);
  snprintf(path, sizeof path, "/proc/self/cwd/../../..%s", canary);
  try_both("proc", path);
  snprintf(path, sizeof path, "/proc/thread-self/root%s", canary);
  try_both("proc", path);
  /* The host's machine is steered by these. */
  try_writing("machine", "/proc/sysrq-trigger");
  try_writing("machine", "/proc/sys/kernel/core_pattern");
  try_writing("machine", "/proc/sys/kernel/modprobe");
  try_writing("machine", "/proc/sys/vm/drop_caches");
  try_writing("machine", "/proc/irq/default_smp_affinity");
  try_both("machine", "/proc/kcore");
  try_writing("machine", "/sys/kernel/uevent_helper");
  try_writing("machine", "/sys/power/state");
  try_file("machine", "/proc/timer_list/x", O_RDONLY);
#ifdef __wasi__
  /* The process that runs the guest: through its memory a guest would leave its sandbox, through its executable every later container. */
  try_both("own process", "/proc/self/mem");
  try_both("own process", "/proc/1/mem");
  try_both("own process", "/proc/thread-self/mem");
#endif
  try_writing("executable", "/proc/self/exe");
  try_writing("executable", "/proc/1/exe");
}

static void through_descriptors(const char *canary) {
  char path[8192], target[4096];
  for (int number = 0; number < 1024; number++) {
    tries++;
#ifdef __wasi__
    __wasi_fdstat_t status;
    __wasi_prestat_t opened;
    if (number > 2 && __wasi_fd_fdstat_get((__wasi_fd_t)number, &status) == 0 && __wasi_fd_prestat_get((__wasi_fd_t)number, &opened) != 0) {
      snprintf(path, sizeof path, "%d", number);
      escaped("descriptor that was not given", path);
    }
    /* A folder that was given must end where it ends. */
    for (int depth = 1; depth < 12; depth++) {
      char up[4096] = "";
      for (int step = 0; step < depth; step++) strcat(up, "../");
      strcat(up, canary + 1);
      __wasi_fd_t file;
      tries++;
      if (number > 2 && __wasi_path_open((__wasi_fd_t)number, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, up, 0, __WASI_RIGHTS_FD_READ, 0, 0, &file) == 0)
        escaped("parents of a descriptor", up);
    }
#else
    if (number > 2 && fcntl(number, F_GETFD) >= 0) {
      snprintf(path, sizeof path, "/proc/self/fd/%d", number);
      ssize_t length = readlink(path, target, sizeof target - 1);
      target[length > 0 ? length : 0] = 0;
      escaped("inherited descriptor", target);
    }
#endif
    snprintf(path, sizeof path, "/proc/self/fd/%d%s", number, canary);
    try_both("descriptor's folder", path);
    snprintf(path, sizeof path, "/proc/self/fd/%d/../../../../../../../..%s", number, canary);
    try_both("parents of a descriptor's folder", path);
    snprintf(path, sizeof path, "/proc/1/fd/%d%s", number, canary);
    try_both("first process's descriptor", path);
  }
  (void)target;
}

static void signals(void) {
#ifndef __wasi__
  for (int process = 2; process < 65536; process++) {
    tries++;
    if (process != getpid() && kill(process, 0) == 0) {
      char text[64];
      snprintf(text, sizeof text, "%d", process);
      escaped("can signal", text);
    }
  }
#else
  /* The one call there is must at most end the guest itself: it is not made, it would. What is left is a file. */
  for (int process = 2; process < 4096; process++) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    tries++;
    struct stat status;
    if (stat(path, &status) == 0) {
      char text[256] = "";
      int file = open(path, O_RDONLY);
      if (file >= 0 && read(file, text, 200) > 0) {
        text[40] = 0;
        escaped("sees another process", text);
      }
      if (file >= 0) close(file);
    }
  }
#endif
}

static void mounting(const char *device) {
#ifndef __wasi__
  mkdir("/mnt", 0755);
  struct {
    const char *source, *type;
    unsigned long flags;
  } mounts[] = {{"none", "tmpfs", 0}, {"/", NULL, MS_BIND | MS_REC}, {"none", "proc", 0}, {"none", "sysfs", 0}, {"none", "cgroup2", 0}, {"none", "devtmpfs", 0}, {"/dev/vda", "ext4", 0}};
  for (unsigned index = 0; index < sizeof mounts / sizeof *mounts; index++) {
    tries++;
    if (mount(mounts[index].source, "/mnt", mounts[index].type, mounts[index].flags, NULL) == 0)
      escaped("mounted", mounts[index].type ? mounts[index].type : "bind");
  }
  tries++;
  if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0) escaped("remounted", "/");
  tries++;
  if (umount("/proc/sys") == 0 || umount("/sys") == 0 || umount("/proc") == 0) escaped("unmounted", "/proc or /sys");
#else
  try_changing("mount table", "/proc/self/mounts");
  try_changing("mount table", "/proc/1/mountinfo");
  try_both("mounting device", "/dev/fuse");
#endif
  (void)device;
}

static void devices(const char *device) {
  const char *names[] = {"/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/dev/vda", "/dev/vda1", "/dev/sda", "/dev/sda1", "/dev/nvme0n1", "/dev/dm-0", "/dev/loop0", "/dev/loop-control", "/dev/fuse", "/dev/kvm", "/dev/net/tun", "/dev/vsock", "/dev/vhost-net", "/dev/cpu/0/msr", "/dev/mapper/control", "/dev/uinput"};
  for (unsigned index = 0; index < sizeof names / sizeof *names; index++) {
    try_both("device", names[index]);
  }
#ifndef __wasi__
  int major = 0, minor = 0;
  sscanf(device, "%d:%d", &major, &minor);
  struct {
    mode_t kind;
    int major, minor;
  } made[] = {{S_IFBLK, major, minor}, {S_IFCHR, 1, 1}, {S_IFCHR, 1, 11}, {S_IFBLK, 7, 0}};
  for (unsigned index = 0; index < sizeof made / sizeof *made; index++) {
    unlink("/node");
    if (mknod("/node", made[index].kind | 0600, makedev((unsigned)made[index].major, (unsigned)made[index].minor)) != 0) {
      tries++;
      continue;
    }
    try_both("made device", "/node");
  }
  unlink("/node");
#else
  (void)device;
#endif
}

static void tracing(void) {
#ifndef __wasi__
  for (int process = 1; process < 65536; process++) {
    tries++;
    if (process == getpid()) continue;
    char text[64];
    snprintf(text, sizeof text, "%d", process);
    if (ptrace(PTRACE_ATTACH, process, NULL, NULL) == 0) escaped("traces", text);
  }
#else
  char path[64];
  for (int process = 1; process < 256; process++) {
    snprintf(path, sizeof path, "/proc/%d/mem", process);
    try_both("memory of a process", path);
    snprintf(path, sizeof path, "/proc/%d/attr/current", process);
    try_changing("attributes of a process", path);
  }
#endif
}

static void limits(void) {
#ifndef __wasi__
  for (int resource = 0; resource < RLIMIT_NLIMITS; resource++) {
    struct rlimit limit;
    tries++;
    if (getrlimit(resource, &limit) != 0 || limit.rlim_max == RLIM_INFINITY) continue;
    limit.rlim_max++;
    char text[32];
    snprintf(text, sizeof text, "%d", resource);
    if (setrlimit(resource, &limit) == 0) escaped("raised limit", text);
  }
  tries++;
  if (setpriority(PRIO_PROCESS, 0, -20) == 0) escaped("raised", "priority");
#else
  try_changing("limits", "/proc/self/limits");
  try_writing("limits", "/proc/sys/fs/file-max");
  try_writing("limits", "/proc/sys/kernel/pid_max");
#endif
}

/* Everything below a folder that may be written. */
static void try_tree(const char *how, const char *folder, int depth) {
  DIR *entries = opendir(folder);
  if (entries == NULL) return;
  for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    struct stat status;
    if (lstat(path, &status) != 0) continue;
    if (S_ISDIR(status.st_mode)) {
      if (depth > 0) try_tree(how, path, depth - 1);
    } else if (S_ISREG(status.st_mode)) {
      try_writing(how, path);
    }
  }
  closedir(entries);
}

static void control_groups(void) {
  const char *names[] = {"memory/memory.limit_in_bytes", "memory/cgroup.procs", "memory/notify_on_release", "memory/release_agent", "pids/pids.max", "devices/devices.allow", "freezer/freezer.state", "cpu/cpu.shares", "cgroup.procs", "cgroup.subtree_control", "memory.max", "unified/cgroup.procs"};
  for (unsigned index = 0; index < sizeof names / sizeof *names; index++) {
    char path[256];
    snprintf(path, sizeof path, "/sys/fs/cgroup/%s", names[index]);
    try_writing("control group", path);
  }
  try_tree("control group", "/sys/fs/cgroup", 5);
  tries++;
  if (mkdir("/sys/fs/cgroup/made", 0755) == 0 || mkdir("/sys/fs/cgroup/memory/made", 0755) == 0) escaped("made", "a control group");
}

/* What the guest writes to may be a file of the host, with what others wrote into it. */
static void standard_streams(void) {
  for (int number = 1; number <= 2; number++) {
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "/proc/self/fd/%d", number);
    tries += 3;
    if (fstat(number, &status) == 0 && S_ISREG(status.st_mode)) escaped("has a file for a stream", path);
    if (ftruncate(number, 0) == 0) escaped("cut off", path);
    int file = open(path, O_RDONLY | O_NONBLOCK);
    if (file < 0) continue;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) escaped("opened anew", path);
    close(file);
  }
}

static void bundle_files(const char *bundle, int log_alone) {
  const char *names[] = {"config.json", "address", "init.pid", "shim-binary-path", "rootfs", "work", "runtime", "options.json"};
  char path[8192];
  for (unsigned index = 0; index < (log_alone ? 1 : sizeof names / sizeof *names); index++) {
    const char *name = log_alone ? "log" : names[index];
    const char *doors[] = {"", "/proc/1/root", "/proc/1/cwd", "/proc/self/cwd/..", "/links/up"};
    for (unsigned door = 0; door < 5; door++) {
      snprintf(path, sizeof path, "%s%s/%s", doors[door], bundle, name);
      try_file(log_alone ? "log" : "bundle", path, O_RDONLY | O_NONBLOCK);
      try_file(log_alone ? "log" : "bundle", path, O_WRONLY | O_NONBLOCK);
    }
    snprintf(path, sizeof path, "/../%s", name);
    try_file(log_alone ? "log" : "bundle", path, O_RDONLY | O_NONBLOCK);
    snprintf(path, sizeof path, "../%s", name);
    try_file(log_alone ? "log" : "bundle", path, O_RDONLY | O_NONBLOCK);
  }
  /* The folders that every container of this machine shares on the host. */
  const char *shared[] = {"/run/containerd", "/run/containerd/containerd.sock", "/run/containerd/fifo", "/run/containerd/s", "/run/containerd/io.containerd.runtime.v2.task"};
  for (unsigned index = 0; index < sizeof shared / sizeof *shared; index++) {
    struct stat status;
    tries++;
    if (stat(shared[index], &status) == 0) escaped("sees", shared[index]);
  }
}

int main(int argc, char **argv) {
  if (argc < 5) return 64;
  const char *attempt = argv[1], *canary = argv[2], *bundle = argv[3], *device = argv[4];
  if (strcmp(attempt, "parents") == 0) through_parents(canary);
  else if (strcmp(attempt, "links") == 0) through_links(canary);
  else if (strcmp(attempt, "proc") == 0) through_proc(canary);
  else if (strcmp(attempt, "descriptors") == 0) through_descriptors(canary);
  else if (strcmp(attempt, "signals") == 0) signals();
  else if (strcmp(attempt, "mounts") == 0) mounting(device);
  else if (strcmp(attempt, "devices") == 0) devices(device);
  else if (strcmp(attempt, "tracing") == 0) tracing();
  else if (strcmp(attempt, "limits") == 0) limits();
  else if (strcmp(attempt, "cgroups") == 0) control_groups();
  else if (strcmp(attempt, "log") == 0) {
    bundle_files(bundle, 1);
    standard_streams();
  }
  else if (strcmp(attempt, "bundle") == 0) bundle_files(bundle, 0);
  else return 64;
  printf("%d tried, %d escaped\n", tries, escapes);
  return escapes > 0 ? 1 : 0;
}

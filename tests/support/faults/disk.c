/*
 * A disk and a clock that misbehave on demand. Loaded before a server (LD_PRELOAD), it stands between SQLite and the system for the
 * database and its log in FAULTS_FOLDER; what it does is read, at every call, from the numbers in the file FAULTS_CONTROL
 * (tests/support/faults/disk.ts says which). With FAULTS_DURABLE it also keeps there, of every file, only what was synced: what a
 * power cut would leave in the worst case.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { WRITES_LEFT, FAILURES, ERROR_OF_WRITE, ERROR_OF_SYNC, SYNC_MICROSECONDS, SYNC_LIES, CLOCK_MILLISECONDS, WRITES, SYNCS, NUMBERS };

static volatile int64_t *control;
static const char *folder;
static const char *durable;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_clock_gettime)(clockid_t, struct timespec *);
static int (*real_gettimeofday)(struct timeval *, void *);

__attribute__((constructor)) static void load(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_gettimeofday = dlsym(RTLD_NEXT, "gettimeofday");
  folder = getenv("FAULTS_FOLDER");
  durable = getenv("FAULTS_DURABLE");
  const char *path = getenv("FAULTS_CONTROL");
  int file = path ? open(path, O_RDWR) : -1;
  if (file < 0 || !folder) return;
  void *numbers = mmap(NULL, NUMBERS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (numbers != MAP_FAILED) control = numbers;
}

/* The name of a watched file in the folder (verkstad.sqlite, verkstad.sqlite-wal), or NULL. */
static const char *watched(int fd, char *path) {
  if (!control) return NULL;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  size_t prefix = strlen(folder);
  if (length <= (ssize_t)prefix + 1) return NULL;
  path[length] = 0;
  if (strncmp(path, folder, prefix) != 0 || path[prefix] != '/') return NULL;
  const char *name = path + prefix + 1;
  if (strncmp(name, "verkstad.sqlite", 15) != 0 || strcmp(name, "verkstad.sqlite-shm") == 0) return NULL;
  return name;
}

/* What was written to a file since it was last synced. */
struct dirty {
  char name[64];
  struct { off_t at; size_t length; } *ranges;
  size_t count, room;
};
static struct dirty files[4];

static struct dirty *dirty_of(const char *name) {
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    if (files[i].name[0] == 0) strncpy(files[i].name, name, sizeof files[i].name - 1);
    if (strcmp(files[i].name, name) == 0) return &files[i];
  }
  abort();
}

static void note(const char *name, off_t at, size_t length) {
  if (!durable) return;
  struct dirty *file = dirty_of(name);
  if (file->count == file->room) {
    file->room = file->room ? file->room * 2 : 1024;
    file->ranges = realloc(file->ranges, file->room * sizeof *file->ranges);
    if (!file->ranges) abort();
  }
  file->ranges[file->count].at = at;
  file->ranges[file->count++].length = length;
}

static void keep(const char *name, const char *path) {
  if (!durable) return;
  char copy[PATH_MAX];
  snprintf(copy, sizeof copy, "%s/%s", durable, name);
  int from = open(path, O_RDONLY), to = open(copy, O_RDWR | O_CREAT, 0600);
  if (from < 0 || to < 0) abort();
  struct dirty *file = dirty_of(name);
  for (size_t i = 0; i < file->count; i++) {
    char bytes[65536];
    off_t at = file->ranges[i].at;
    size_t left = file->ranges[i].length;
    while (left > 0) {
      ssize_t got = pread(from, bytes, left < sizeof bytes ? left : sizeof bytes, at);
      if (got <= 0) break;
      if (real_pwrite(to, bytes, (size_t)got, at) != got) abort();
      at += got;
      left -= (size_t)got;
    }
  }
  file->count = 0;
  struct stat now;
  if (fstat(from, &now) != 0 || ftruncate(to, now.st_size) != 0) abort();
  close(from);
  close(to);
}

/* Whether this write is to fail; errno says how. */
static int fails(void) {
  control[WRITES]++;
  if (control[FAILURES] == 0) return 0;
  if (control[WRITES_LEFT] > 0) {
    control[WRITES_LEFT]--;
    return 0;
  }
  if (control[FAILURES] > 0) control[FAILURES]--;
  errno = (int)control[ERROR_OF_WRITE];
  return 1;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  char path[PATH_MAX];
  const char *name = watched(fd, path);
  if (!name) return real_write(fd, bytes, length);
  if (fails()) return -1;
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t written = real_write(fd, bytes, length);
  if (written > 0) note(name, at, (size_t)written);
  return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  char path[PATH_MAX];
  const char *name = watched(fd, path);
  if (name && fails()) return -1;
  ssize_t written = real_pwrite(fd, bytes, length, at);
  if (name && written > 0) note(name, at, (size_t)written);
  return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return pwrite(fd, bytes, length, at); }

static int sync_with(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  const char *name = watched(fd, path);
  if (!name) return real(fd);
  control[SYNCS]++;
  if (control[SYNC_MICROSECONDS] > 0) usleep((useconds_t)control[SYNC_MICROSECONDS]);
  if (control[ERROR_OF_SYNC] != 0) {
    errno = (int)control[ERROR_OF_SYNC];
    return -1;
  }
  if (!control[SYNC_LIES]) keep(name, path);
  return 0;
}

int fsync(int fd) { return sync_with(fd, real_fsync); }
int fdatasync(int fd) { return sync_with(fd, real_fdatasync); }

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = real_clock_gettime(clock, time);
  if (control && clock == CLOCK_REALTIME && result == 0) time->tv_sec += control[CLOCK_MILLISECONDS] / 1000;
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  int result = real_gettimeofday(time, zone);
  if (control && result == 0) time->tv_sec += control[CLOCK_MILLISECONDS] / 1000;
  return result;
}

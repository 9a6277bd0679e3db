import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>
static void slow(void) { const char *us = getenv("SLOW_FSYNC_US"); if (us) usleep(atoi(us)); }
int fsync(int fd) { static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "fsync"); slow(); return real(fd); }
int fdatasync(int fd) { static int (*real)(int); if (!real) real = dlsym(RTLD_NEXT, "fdatasync"); slow(); return real(fd); }
`;

/** The environment in which a process waits so many milliseconds more at each fsync. Needs a C compiler. */
export function slowFsync(folder: string, milliseconds: number): Record<string, string> {
  const library = join(folder, 'slow-fsync.so');
  writeFileSync(`${library}.c`, source);
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, `${library}.c`, '-ldl']);
  return { LD_PRELOAD: library, SLOW_FSYNC_US: String(milliseconds * 1000) };
}

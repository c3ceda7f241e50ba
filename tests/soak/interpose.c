/* Stands between a program and the system, to stop it at one certain call, to have calls refused, or to
 * make its clocks jump. Calls that change the disk are counted: opening a file to write, write, mkdir,
 * rename, fsync, unlink, rmdir.
 *
 *   SOAK_COUNT=FILE          write how many calls there were to FILE when the program ends
 *   SOAK_KILL=N              SIGKILL at the N-th call, of a write after half of its bytes
 *   SOAK_FAIL=N:ERRNO:MANY   refuse MANY calls from the N-th on with ERRNO; removing is never refused
 *   SOAK_CLOCK=SEED          the date jumps to and fro, and running time jumps on
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { GO_ON, REFUSE, DIE };

static atomic_long calls;
static long kill_at, fail_at, fail_many;
static int fail_with;
static const char *count_file;
static atomic_ulong luck;
static atomic_long date_off, running_off;

__attribute__((constructor)) static void begin(void) {
    const char *text;
    if ((text = getenv("SOAK_KILL"))) kill_at = atol(text);
    if ((text = getenv("SOAK_FAIL"))) sscanf(text, "%ld:%d:%ld", &fail_at, &fail_with, &fail_many);
    if ((text = getenv("SOAK_CLOCK"))) luck = strtoul(text, NULL, 10) * 2 + 1;
    count_file = getenv("SOAK_COUNT");
}

__attribute__((destructor)) static void end(void) {
    if (!count_file) return;
    FILE *file = fopen(count_file, "w");
    if (!file) return;
    fprintf(file, "%ld", (long)calls);
    fclose(file);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int step(void) {
    long now = atomic_fetch_add(&calls, 1) + 1;
    if (now == kill_at) return DIE;
    if (fail_at && now >= fail_at && now - fail_at < fail_many) return REFUSE;
    return GO_ON;
}

/* Whether a call is to be refused; a call that only removes never is. */
static int refused(int removes) {
    int what = step();
    if (what == DIE) die();
    if (what == REFUSE && !removes) {
        errno = fail_with;
        return 1;
    }
    return 0;
}

static int opened(__typeof__(&open) next, const char *path, int flags, int mode) {
    if ((flags & O_ACCMODE) != O_RDONLY && refused(0)) return -1;
    return next(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return opened(NEXT(open), path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return opened(NEXT(open64), path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
    __typeof__(&write) next = NEXT(write);
    struct stat is;
    if (file <= 2 || fstat(file, &is) || !S_ISREG(is.st_mode)) return next(file, bytes, count);
    int what = step();
    if (what == DIE) {
        next(file, bytes, count / 2);
        die();
    }
    if (what == REFUSE) {
        errno = fail_with;
        return -1;
    }
    return next(file, bytes, count);
}

int mkdir(const char *path, mode_t mode) { return refused(0) ? -1 : NEXT(mkdir)(path, mode); }
int rename(const char *from, const char *to) { return refused(0) ? -1 : NEXT(rename)(from, to); }
int fsync(int file) { return refused(0) ? -1 : NEXT(fsync)(file); }
int unlink(const char *path) { return refused(1) ? -1 : NEXT(unlink)(path); }
int unlinkat(int at, const char *path, int flags) { return refused(1) ? -1 : NEXT(unlinkat)(at, path, flags); }
int rmdir(const char *path) { return refused(1) ? -1 : NEXT(rmdir)(path); }

int clock_gettime(clockid_t clock, struct timespec *time) {
    int got = NEXT(clock_gettime)(clock, time);
    if (got || !luck) return got;
    unsigned long drawn = atomic_load(&luck);
    drawn ^= drawn << 13, drawn ^= drawn >> 7, drawn ^= drawn << 17;
    atomic_store(&luck, drawn);
    if (drawn % 8 == 0) {
        date_off += (long)(drawn / 8 % 630720000) - 315360000; /* ten years either way */
        running_off += (long)(drawn / 8 % 7200);               /* asleep for two hours */
    }
    time->tv_sec += clock == CLOCK_REALTIME ? date_off : running_off;
    if (time->tv_sec < 0) time->tv_sec = 0;
    return 0;
}

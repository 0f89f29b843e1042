// Loaded before PostgreSQL: fsync and fdatasync take so many milliseconds longer, as on a disk that really waits.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_first(void) {
    static long ms = -1;
    if (ms < 0) { const char *told = getenv("SLOWSYNC_MS"); ms = told ? atol(told) : 0; }
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}
int fsync(int fd) { wait_first(); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd); }
int fdatasync(int fd) { wait_first(); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd); }

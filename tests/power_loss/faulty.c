/*
 * A disk that is full, read-only or broken, from one call on.
 *
 * Preloaded into a process, this counts the calls by which files below a path are changed (and, of a broken disk, read), and
 * answers each from a certain one on with an error. What goes through before goes to the real file system. Of a disk that is
 * getting full the first write that does not fit is cut short, as a real one is.
 *
 *   FAULTY_UNDER   what the paths of those files begin with
 *   FAULTY_AT      from which call on they fail; never, if it is 0
 *   FAULTY_ERRNO   how they fail: ENOSPC, EROFS or EIO, as its number
 *   FAULTY_COUNT   a file that is told at the end how many calls there were
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *under;
static long at;
static int how;
static atomic_long calls;

__attribute__((constructor)) static void arm(void)
{
    under = getenv("FAULTY_UNDER");
    at = getenv("FAULTY_AT") ? atol(getenv("FAULTY_AT")) : 0;
    how = getenv("FAULTY_ERRNO") ? atoi(getenv("FAULTY_ERRNO")) : 0;
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULTY_COUNT");
    under = NULL;
    FILE *to = path ? fopen(path, "we") : NULL;
    if (to) {
        fprintf(to, "%ld\n", atomic_load(&calls));
        fclose(to);
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_under(const char *path)
{
    return under && path && !strncmp(path, under, strlen(under));
}

static int fd_is_under(int fd)
{
    char link[64], path[4096];
    if (!under) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return is_under(path);
}

/* Whether a call that is looked at fails: 0, or 1 for the first, or 2 for a later one. */
static int fails(void)
{
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (!at || call < at) {
        return 0;
    }
    errno = how;
    return call == at ? 1 : 2;
}

static int open_fails(const char *path, int flags)
{
    if (!is_under(path) || !(flags & (O_CREAT | O_WRONLY | O_RDWR))) {
        return 0;
    }
    /* What is there can be opened on a full disk. */
    if (how == ENOSPC && (!(flags & O_CREAT) || access(path, F_OK) == 0)) {
        return 0;
    }
    return fails();
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_fails(path, flags) ? -1 : REAL(open64)(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_fails(path, flags) ? -1 : REAL(open)(path, flags, mode);
}

/* How much of it is written: all, half of its pages, or nothing. Within a page nothing is cut short. */
static ssize_t cut(int fd, size_t count)
{
    int failed = fd_is_under(fd) ? fails() : 0;
    size_t half = count / 2 / 4096 * 4096;
    if (failed == 1 && how == ENOSPC && half > 0) {
        return (ssize_t)half;
    }
    return failed ? -1 : (ssize_t)count;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    ssize_t fits = cut(fd, count);
    return fits < 0 ? -1 : REAL(write)(fd, bytes, (size_t)fits);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t place)
{
    ssize_t fits = cut(fd, count);
    return fits < 0 ? -1 : REAL(pwrite64)(fd, bytes, (size_t)fits, place);
}

ssize_t read(int fd, void *bytes, size_t count)
{
    return how == EIO && fd_is_under(fd) && fails() ? -1 : REAL(read)(fd, bytes, count);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t place)
{
    return how == EIO && fd_is_under(fd) && fails() ? -1 : REAL(pread64)(fd, bytes, count, place);
}

int fsync(int fd)
{
    return fd_is_under(fd) && fails() ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return fd_is_under(fd) && fails() ? -1 : REAL(fdatasync)(fd);
}

int ftruncate64(int fd, off64_t length)
{
    return fd_is_under(fd) && fails() ? -1 : REAL(ftruncate64)(fd, length);
}

int rename(const char *from, const char *to)
{
    return is_under(to) && fails() ? -1 : REAL(rename)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return is_under(path) && fails() ? -1 : REAL(mkdir)(path, mode);
}

int unlink(const char *path)
{
    return how != ENOSPC && is_under(path) && fails() ? -1 : REAL(unlink)(path);
}

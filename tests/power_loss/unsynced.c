/*
 * What a disk keeps when the power goes: only what was synced.
 *
 * Preloaded into a process, this takes the place of fsync and fdatasync. A sync of a file copies its content, and one of
 * a directory its list of names, to a "platter" directory; the test puts a disk together from those. Everything else
 * goes to the real file system, which plays the page cache. sync_file_range is left alone, since it promises nothing.
 *
 *   PLATTER         the directory to keep synced things in
 *   PLATTER_IGNORE  the last part of a path whose syncs do nothing: a program that forgot to make them
 *   PLATTER_UNTIL   the power goes right after so many syncs
 *   PLATTER_PAUSE   after so many syncs, everything stands still so that what is on the disk can be looked at: a line
 *                   "paused" is written to standard output, and one byte read from standard input, which says after how
 *                   many more syncs the next pause is; at its end the power goes
 *
 * In the platter, <inode>.<birth> stands for a file or directory, since inode numbers are used again.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *platter;
static const char *ignored;
static atomic_long until = -1;
static long pause_in = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void arm(void)
{
    platter = getenv("PLATTER");
    ignored = getenv("PLATTER_IGNORE");
    if (getenv("PLATTER_UNTIL")) {
        until = atol(getenv("PLATTER_UNTIL"));
    }
    if (getenv("PLATTER_PAUSE")) {
        pause_in = atol(getenv("PLATTER_PAUSE"));
    }
}

static int fail(const char *what)
{
    fprintf(stderr, "unsynced: %s: %s\n", what, strerror(errno));
    _exit(99); /* a platter that is not what was synced would prove nothing */
}

/* Writes "<inode>.<birth>" of what name, in the directory at, is. */
static void identify(int at, const char *name, char *id, size_t size, int *is_directory)
{
    struct statx found;
    if (statx(at, name, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME | STATX_TYPE, &found) != 0) {
        id[0] = 0;
        return;
    }
    snprintf(id, size, "%llu.%lld.%u", (unsigned long long)found.stx_ino, (long long)found.stx_btime.tv_sec,
             found.stx_btime.tv_nsec);
    *is_directory = S_ISDIR(found.stx_mode);
}

static void list_directory(int fd, FILE *to)
{
    char path[64], id[96];
    int is_directory;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    DIR *directory = opendir(path);
    if (!directory) {
        fail("opendir");
    }
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")) {
            identify(dirfd(directory), entry->d_name, id, sizeof id, &is_directory);
            if (id[0]) {
                fprintf(to, "%s %s %s\n", is_directory ? "directory" : "file", id, entry->d_name);
            }
        }
    }
    closedir(directory);
}

static void copy_file(int fd, FILE *to)
{
    static __thread char block[1 << 16];
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd); /* fd itself may be for writing only */
    int from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0) {
        fail("open");
    }
    for (ssize_t length; (length = read(from, block, sizeof block)) != 0;) {
        if (length < 0 || fwrite(block, 1, (size_t)length, to) != (size_t)length) {
            fail("copy");
        }
    }
    close(from);
}

static int is_ignored(int fd)
{
    char link[64], path[4096];
    if (!ignored) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    size_t end = strlen(ignored);
    if (length < 0) {
        fail("readlink");
    }
    return (size_t)length > end && path[(size_t)length - end - 1] == '/' && !memcmp(path + length - end, ignored, end);
}

static void stand_still(void)
{
    static const char paused[] = "\npaused\n";
    unsigned char more = 0;
    if (write(1, paused, sizeof paused - 1) != (ssize_t)sizeof paused - 1) {
        fail("say that it is paused");
    }
    if (read(0, &more, 1) != 1) {
        kill(getpid(), SIGKILL);
    }
    pause_in = more;
}

static int keep(int fd)
{
    char id[96], path[4096], new_path[4200];
    int is_directory = 0;
    struct stat found;
    if (fstat(fd, &found) != 0) {
        return -1; /* what the real call would answer */
    }
    if (!platter || is_ignored(fd)) {
        return 0;
    }
    identify(fd, "", id, sizeof id, &is_directory);
    snprintf(path, sizeof path, "%s/%s", platter, id);
    snprintf(new_path, sizeof new_path, "%s.%ld", path, (long)syscall(SYS_gettid));
    FILE *to = fopen(new_path, "we");
    if (!to) {
        fail("fopen");
    }
    if (is_directory) {
        list_directory(fd, to);
    } else {
        copy_file(fd, to);
    }
    /* Renamed, so that a kill in between leaves what was synced before. */
    if (fclose(to) != 0 || rename(new_path, path) != 0) {
        fail("keep");
    }
    if (until >= 0 && atomic_fetch_sub(&until, 1) <= 1) {
        kill(getpid(), SIGKILL);
    }
    if (pause_in > 0 && --pause_in == 0) {
        stand_still();
    }
    return 0;
}

static int sync_to_platter(int fd)
{
    pthread_mutex_lock(&one_at_a_time);
    int kept = keep(fd);
    pthread_mutex_unlock(&one_at_a_time);
    return kept;
}

int fsync(int fd)
{
    return sync_to_platter(fd);
}

int fdatasync(int fd)
{
    return sync_to_platter(fd);
}

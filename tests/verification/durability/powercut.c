/* A disk that forgets what was not synced, for tests: LD_PRELOAD this, set POWERCUT_LIVE to the folder of the database
 * and POWERCUT_DISK to a folder that stands for the platter. Writes go to the live file as always; fsync and fdatasync
 * copy what was written since to the file of the same name on the platter. After a kill -9 the platter is what a power
 * cut would have left.
 *
 * POWERCUT_FAULT names a file: while it exists its first word (ENOSPC or EIO) is what writes (ENOSPC) or syncs (EIO)
 * answer. Nothing here is clever: one lock, one list of dirty ranges per open file name.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FDS 4096
#define MOST_RANGES 65536

struct range { off_t start, end; char name[64]; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct range dirty[MOST_RANGES];
static int dirty_count = 0;
static char names[MOST_FDS][64];

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
}

/* The name of a file in the live folder, or NULL for any other file. */
static const char *watched(int fd) {
    static __thread char link[64], path[PATH_MAX];
    const char *live = getenv("POWERCUT_LIVE");
    if (!live || fd < 0 || fd >= MOST_FDS) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return NULL;
    path[n] = 0;
    size_t prefix = strlen(live);
    if (strncmp(path, live, prefix) || path[prefix] != '/') return NULL;
    snprintf(names[fd], sizeof names[fd], "%s", path + prefix + 1);
    size_t length = strlen(names[fd]);
    if (length > 4 && !strcmp(names[fd] + length - 4, "-shm")) return NULL; /* shared memory is not on the platter */
    return names[fd];
}

static int fault(const char *kind) {
    const char *path = getenv("POWERCUT_FAULT");
    char word[16] = "";
    if (!path) return 0;
    int fd = open(path, O_RDONLY);
    if (fd < 0) return 0;
    ssize_t n = read(fd, word, sizeof word - 1);
    close(fd);
    return n > 0 && !strncmp(word, kind, strlen(kind));
}

static void mark(const char *name, off_t start, off_t end) {
    pthread_mutex_lock(&lock);
    if (dirty_count < MOST_RANGES) {
        dirty[dirty_count].start = start;
        dirty[dirty_count].end = end;
        snprintf(dirty[dirty_count].name, sizeof dirty[dirty_count].name, "%s", name);
        dirty_count++;
    } else {
        abort(); /* a test that writes this much between syncs is not what this is for */
    }
    pthread_mutex_unlock(&lock);
}

static void to_platter(int fd, const char *name) {
    char path[PATH_MAX], block[65536];
    struct stat now;
    snprintf(path, sizeof path, "%s/%s", getenv("POWERCUT_DISK"), name);
    int disk = open(path, O_RDWR | O_CREAT, 0600);
    int self = open("/dev/null", O_RDONLY);
    char again[64];
    snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
    close(self);
    int source = open(again, O_RDONLY);
    pthread_mutex_lock(&lock);
    int kept = 0;
    for (int i = 0; i < dirty_count; i++) {
        if (strcmp(dirty[i].name, name)) {
            dirty[kept++] = dirty[i];
            continue;
        }
        for (off_t at = dirty[i].start; at < dirty[i].end;) {
            size_t want = dirty[i].end - at < (off_t)sizeof block ? (size_t)(dirty[i].end - at) : sizeof block;
            ssize_t n = pread(source, block, want, at);
            if (n <= 0) break;
            real_pwrite(disk, block, n, at);
            at += n;
        }
    }
    dirty_count = kept;
    pthread_mutex_unlock(&lock);
    fstat(source, &now);
    real_ftruncate(disk, now.st_size);
    close(source);
    close(disk);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) {
    const char *name = watched(fd);
    if (name && fault("ENOSPC")) { errno = ENOSPC; return -1; }
    ssize_t n = real_pwrite(fd, data, size, at);
    if (name && n > 0) mark(name, at, at + n);
    return n;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

ssize_t write(int fd, const void *data, size_t size) {
    const char *name = watched(fd);
    if (name && fault("ENOSPC")) { errno = ENOSPC; return -1; }
    off_t at = name ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t n = real_write(fd, data, size);
    if (name && n > 0) mark(name, at, at + n);
    return n;
}

static int sync_both(int fd, int (*real)(int)) {
    const char *name = watched(fd);
    if (name && fault("EIO")) { errno = EIO; return -1; }
    int answer = real(fd);
    if (name && answer == 0) to_platter(fd, name);
    return answer;
}
int fsync(int fd) { return sync_both(fd, real_fsync); }
int fdatasync(int fd) { return sync_both(fd, real_fdatasync); }

int ftruncate64(int fd, off_t size) { return real_ftruncate(fd, size); }
int ftruncate(int fd, off_t size) { return real_ftruncate(fd, size); }

int unlink(const char *path) {
    const char *live = getenv("POWERCUT_LIVE"), *disk = getenv("POWERCUT_DISK");
    char gone[PATH_MAX];
    if (live && disk && !strncmp(path, live, strlen(live))) {
        snprintf(gone, sizeof gone, "%s%s", disk, path + strlen(live));
        real_unlink(gone);
    }
    return real_unlink(path);
}

/*
 * Stands between a process and its disk (LD_PRELOAD), for the files under one folder:
 * writes down what was done to them and what was fsynced, so that a power failure can be played;
 * kills the process, fails, or waits at the Nth write, fsync or rename.
 *
 *   DISK_ROOT   the folder
 *   DISK_TRACE  where everything is written down; then an fsync costs nothing
 *   DISK_DEAF   fsyncs are not written down: a process that never asked for one
 *   DISK_FAULT  kill, torn (half a write, then kill), fail or slow
 *   DISK_OP     write, sync or rename
 *   DISK_AT     at which of them, from 1; slow: at each
 *   DISK_TIMES  how many of them fail from there on
 *   DISK_ERROR  number of the error
 *   DISK_MICROS how long slow waits
 *   DISK_FIRED  a file that is made when the fault comes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FDS 65536
enum { OPEN = 1, WRITE, SYNC, RENAME, UNLINK, TRUNCATE, CLOSE };
enum { NO_FAULT, KILL, TORN, FAIL, SLOW };

static const char *root, *fired_file;
static size_t root_length;
static int trace = -1, deaf, fault, fault_op, fault_error = EIO;
static long fault_at, fault_times = 1, slow_micros, counts[CLOSE + 1];
static unsigned char watched[MOST_FDS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void start(void) {
  const char *text = getenv("DISK_FAULT");
  if (text) {
    fault = !strcmp(text, "kill") ? KILL : !strcmp(text, "torn") ? TORN
          : !strcmp(text, "fail") ? FAIL : SLOW;
  }
  if ((text = getenv("DISK_OP"))) {
    fault_op = !strcmp(text, "write") ? WRITE : !strcmp(text, "sync") ? SYNC : RENAME;
  }
  if ((text = getenv("DISK_AT"))) fault_at = atol(text);
  if ((text = getenv("DISK_TIMES"))) fault_times = atol(text);
  if ((text = getenv("DISK_ERROR"))) fault_error = atoi(text);
  if ((text = getenv("DISK_MICROS"))) slow_micros = atol(text);
  deaf = getenv("DISK_DEAF") != NULL;
  if ((text = getenv("DISK_FIRED"))) fired_file = strdup(text);
  if ((text = getenv("DISK_TRACE"))) {
    trace = syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  if ((text = getenv("DISK_ROOT"))) {
    root_length = strlen(text);
    root = strdup(text);
  }
  unsetenv("LD_PRELOAD"); /* the process's own children have a disk without faults */
}

static int is_watched_path(const char *path) {
  if (!root || !path || strncmp(path, root, root_length) || path[root_length] != '/') return 0;
  const char *rest = path + root_length + 1;
  return strncmp(rest, "native", 6) && strncmp(rest, "functions", 9) && strncmp(rest, "code", 4) && strncmp(rest, "ballast", 7)
      && strncmp(rest, "LOCK", 4) && !strstr(rest, "/LOCK")
      && strncmp(rest, "LOG", 3) && !strstr(rest, "/LOG");
}

static int is_watched(int fd) { return fd >= 0 && fd < MOST_FDS && watched[fd]; }

static void note(int op, int fd, int64_t number, const void *one, size_t one_length,
                 const void *two, size_t two_length) {
  if (trace < 0) return;
  struct { uint32_t op; int32_t fd; int64_t number; uint32_t one, two; } __attribute__((packed))
      head = {op, fd, number, one_length, two_length};
  struct iovec parts[] = {
      {&head, sizeof head}, {(void *)one, one_length}, {(void *)two, two_length}};
  syscall(SYS_writev, trace, parts, 3);
}

/* Says that the fault came, and on which file. */
static void fire(int struck) {
  if (fired_file) {
    int fd = syscall(SYS_openat, AT_FDCWD, fired_file, O_WRONLY | O_CREAT, 0600);
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", struck);
    ssize_t length = struck < 0 ? -1 : readlink(link, path, sizeof path);
    if (fd >= 0 && length > 0) syscall(SYS_write, fd, path, length);
    if (fd >= 0) syscall(SYS_close, fd);
  }
}

/* Counts an operation; returns whether it has to fail. Called with the mutex held. */
static int strikes(int op, int fd, const void *data, size_t length) {
  if (fault == NO_FAULT || op != fault_op) return 0;
  long now = ++counts[op];
  if (fault == SLOW) {
    if (now == 1) fire(fd);
    return 0;
  }
  if (now < fault_at || now >= fault_at + fault_times) return 0;
  fire(fd);
  if (fault == TORN && op == WRITE) syscall(SYS_write, fd, data, length / 2);
  if (fault != FAIL) syscall(SYS_kill, getpid(), SIGKILL);
  errno = fault_error;
  return 1;
}

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < MOST_FDS) {
    pthread_mutex_lock(&mutex);
    watched[fd] = is_watched_path(path) || (root && path && !strcmp(path, root));
    if (watched[fd]) note(OPEN, fd, flags, path, strlen(path), NULL, 0);
    pthread_mutex_unlock(&mutex);
  }
  return fd;
}

#define MODE                         \
  mode_t mode = 0;                   \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest;                    \
    va_start(rest, flags);           \
    mode = va_arg(rest, mode_t);     \
    va_end(rest);                    \
  }

int open(const char *path, int flags, ...) {
  MODE return opened(REAL(open)(path, flags, mode), path, flags);
}
int open64(const char *path, int flags, ...) {
  MODE return opened(REAL(open64)(path, flags, mode), path, flags);
}
int openat(int folder, const char *path, int flags, ...) {
  MODE return opened(REAL(openat)(folder, path, flags, mode), path, flags);
}
int openat64(int folder, const char *path, int flags, ...) {
  MODE return opened(REAL(openat64)(folder, path, flags, mode), path, flags);
}

int close(int fd) {
  if (is_watched(fd)) {
    pthread_mutex_lock(&mutex);
    watched[fd] = 0;
    note(CLOSE, fd, 0, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&mutex);
  }
  return REAL(close)(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
  if (!is_watched(fd)) return REAL(write)(fd, data, length);
  pthread_mutex_lock(&mutex);
  ssize_t written = -1;
  if (!strikes(WRITE, fd, data, length)) {
    written = REAL(write)(fd, data, length);
    if (written > 0) {
      note(WRITE, fd, lseek(fd, 0, SEEK_CUR) - written, data, written, NULL, 0);
    }
  }
  pthread_mutex_unlock(&mutex);
  return written;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  if (!is_watched(fd)) return REAL(pwrite64)(fd, data, length, offset);
  pthread_mutex_lock(&mutex);
  ssize_t written = -1;
  if (!strikes(WRITE, fd, data, length)) {
    written = REAL(pwrite64)(fd, data, length, offset);
    if (written > 0) note(WRITE, fd, offset, data, written, NULL, 0);
  }
  pthread_mutex_unlock(&mutex);
  return written;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!is_watched(fd)) return REAL(writev)(fd, parts, count);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    ssize_t written = write(fd, parts[i].iov_base, parts[i].iov_len);
    if (written < 0) return all > 0 ? all : -1;
    all += written;
    if ((size_t)written < parts[i].iov_len) break;
  }
  return all;
}

static int synced(int fd, int (*really)(int)) {
  if (!is_watched(fd)) return really(fd);
  pthread_mutex_lock(&mutex);
  int result = strikes(SYNC, fd, NULL, 0) ? -1 : 0;
  if (result == 0 && trace >= 0 && !deaf) note(SYNC, fd, 0, NULL, 0, NULL, 0);
  int error = errno;
  pthread_mutex_unlock(&mutex);
  if (result == 0 && trace < 0) {
    result = really(fd);
    error = errno;
    if (fault == SLOW && fault_op == SYNC) usleep(slow_micros);
  }
  errno = error;
  return result;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int rename(const char *from, const char *to) {
  if (!is_watched_path(from)) return REAL(rename)(from, to);
  pthread_mutex_lock(&mutex);
  int result = -1;
  if (!strikes(RENAME, -1, NULL, 0)) {
    result = REAL(rename)(from, to);
    if (result == 0) note(RENAME, -1, 0, from, strlen(from), to, strlen(to));
  }
  pthread_mutex_unlock(&mutex);
  return result;
}

static int unlinked(int result, const char *path) {
  if (result == 0 && is_watched_path(path)) {
    pthread_mutex_lock(&mutex);
    note(UNLINK, -1, 0, path, strlen(path), NULL, 0);
    pthread_mutex_unlock(&mutex);
  }
  return result;
}
int unlink(const char *path) { return unlinked(REAL(unlink)(path), path); }
int unlinkat(int folder, const char *path, int flags) {
  return unlinked(REAL(unlinkat)(folder, path, flags), path);
}

int ftruncate64(int fd, off64_t length) {
  if (!is_watched(fd)) return REAL(ftruncate64)(fd, length);
  pthread_mutex_lock(&mutex);
  int result = REAL(ftruncate64)(fd, length);
  if (result == 0) note(TRUNCATE, fd, length, NULL, 0, NULL, 0);
  pthread_mutex_unlock(&mutex);
  return result;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

// A C program that opens files in every way that there is, and one that tries to hide what it opens.

/** opener CALL FILE: opens FILE by that call; prints what the file begins with. */
export const openerSource = `
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
static int by_handle(const char *path) {
  struct file_handle *handle = calloc(1, sizeof(*handle) + MAX_HANDLE_SZ);
  int mount, folder = open("/", O_RDONLY | O_DIRECTORY);
  handle->handle_bytes = MAX_HANDLE_SZ;
  if (name_to_handle_at(AT_FDCWD, path, handle, &mount, 0)) return -1;
  return open_by_handle_at(folder, handle, O_RDONLY);
}
#ifdef __x86_64__
static int by_old_table(const char *path) {
  char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  long result;
  strcpy(low, path);
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(5), "b"(low), "c"(O_RDONLY), "d"(0) : "memory", "r8", "r9", "r10", "r11");
  return result;
}
#endif
/* One entry through a ring of its own: into a descriptor, or into a slot of the ring. */
static int by_ring(const char *path, unsigned slot) {
  struct io_uring_params params = { 0 };
  int ring = syscall(SYS_io_uring_setup, 2, &params);
  if (ring < 0) return -1;
  char *submit = mmap(NULL, params.sq_off.array + params.sq_entries * 4, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
  char *complete = mmap(NULL, params.cq_off.cqes + params.cq_entries * 16, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_CQ_RING);
  struct io_uring_sqe *entry = mmap(NULL, params.sq_entries * sizeof(*entry), PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
  struct io_uring_rsrc_register table = { .nr = 4, .flags = IORING_RSRC_REGISTER_SPARSE };
  syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES2, &table, sizeof(table));
  *entry = (struct io_uring_sqe){ .opcode = IORING_OP_OPENAT, .fd = AT_FDCWD, .addr = (unsigned long)path, .file_index = slot };
  *(unsigned *)(submit + params.sq_off.array) = 0;
  __atomic_store_n((unsigned *)(submit + params.sq_off.tail), 1, __ATOMIC_RELEASE);
  syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
  return ((struct io_uring_cqe *)(complete + params.cq_off.cqes))->res;
}
static int opened(const char *call, const char *path) {
  struct open_how how = { .flags = O_RDONLY };
  if (!strcmp(call, "openat2")) return syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how));
  if (!strcmp(call, "io_uring")) return by_ring(path, 0);
  if (!strcmp(call, "io_uring-slot")) return by_ring(path, 3);
  if (!strcmp(call, "io_uring-any-slot")) return by_ring(path, IORING_FILE_INDEX_ALLOC);
  if (!strcmp(call, "open_by_handle_at")) return by_handle(path);
  if (!strcmp(call, "path-only")) return open(path, O_PATH);
#ifdef __x86_64__
  if (!strcmp(call, "open")) return syscall(SYS_open, path, O_RDONLY);
  if (!strcmp(call, "creat")) return syscall(SYS_creat, path, 0600);
  if (!strcmp(call, "int80")) return by_old_table(path);
#endif
  return open(path, O_RDONLY);
}
int main(int argc, char **argv) {
  int file = opened(argv[1], argv[2]);
  if (file < 0) { perror(argv[1]); return 1; }
  return 0;
}
`;

/**
 * rewriter FOLDER COUNT: opens FOLDER/.ssh/0001 and on while another thread makes it FOLDER/none/0001 and back.
 * Prints the numbers of those in .ssh that it got; they are the ones with something in them.
 */
export const rewriterSource = `
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static char name[256];
static char *middle;
static void *rewrite(void *none) {
  for (;;) {
    memcpy(middle, "none", 4);
    __asm__ volatile("" ::: "memory");
    memcpy(middle, ".ssh", 4);
    __asm__ volatile("" ::: "memory");
  }
  return none;
}
int main(int argc, char **argv) {
  pthread_t thread;
  struct stat found;
  char number[8];
  middle = name + sprintf(name, "%s/.ssh/0000", argv[1]) - 9;
  pthread_create(&thread, NULL, rewrite, NULL);
  for (int i = 0; i < atoi(argv[2]); i++) {
    sprintf(number, "%04d", i);
    memcpy(middle + 5, number, 4);
    /* On a busy machine both threads may have one CPU: then the other one is cut off somewhere here. */
    if (i % 30 == 0) usleep(200);
    int file = open(name, O_RDONLY);
    if (file < 0) continue;
    fstat(file, &found);
    if (found.st_size > 0) puts(number);
    close(file);
  }
  return 0;
}
`;

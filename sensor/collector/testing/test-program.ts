// Small C programs that do what a shell cannot: races, threads, programs without a file.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Compiles into `folder`; returns the program's path. */
export function compileProgram(folder: string, name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(`${path}.c`, source);
  execFileSync('gcc', ['-O1', '-D_GNU_SOURCE', '-pthread', '-static', '-o', path, `${path}.c`]);
  return path;
}

/** Prints its pid and its first argument: what a program really got. */
export const tellSource = `
#include <stdio.h>
#include <unistd.h>
int main(int argc, char **argv) { printf("%d %s\\n", getpid(), argc > 1 ? argv[1] : ""); return 0; }
`;

/** racer COUNT PROGRAM: starts PROGRAM again and again while a thread keeps rewriting its argument. */
export const racerSource = `
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static char argument[64] = "aaaaaaaaaaaaaaaa";
static void *rewrite(void *none) {
  for (;;) {
    memset(argument, 'a', 16);
    __asm__ volatile("" ::: "memory");
    memset(argument, 'b', 16);
    __asm__ volatile("" ::: "memory");
  }
  return none;
}
int main(int argc, char **argv) {
  pthread_t thread;
  pthread_create(&thread, NULL, rewrite, NULL);
  for (int i = 0; i < atoi(argv[1]); i++) {
    pid_t child = vfork();
    if (child == 0) { char *args[] = { "tell", argument, NULL }; execv(argv[2], args); _exit(127); }
    waitpid(child, NULL, 0);
  }
  return 0;
}
`;

/** memfd PROGRAM: runs a copy of PROGRAM that lies in memory alone. */
export const memfdSource = `
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>
int main(int argc, char **argv) {
  int source = open(argv[1], O_RDONLY), memory = memfd_create("hidden", MFD_CLOEXEC);
  while (sendfile(memory, source, NULL, 1 << 20) > 0) ;
  char *args[] = { "tell", "from-memory", NULL }, *none[] = { NULL };
  return fexecve(memory, args, none);
}
`;

/** threads: the first thread ends at once, the process later, with code 5. threads PROGRAM: another thread calls exec. */
export const threadsSource = `
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
static void *later(void *program) {
  usleep(100000);
  if (program) { char *args[] = { "tell", "by-thread", NULL }; execv(program, args); }
  exit(5);
}
int main(int argc, char **argv) {
  pthread_t thread;
  pthread_create(&thread, NULL, later, argv[1]);
  pthread_exit(NULL);
}
`;

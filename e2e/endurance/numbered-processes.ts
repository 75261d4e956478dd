// Processes that start one after another within a control group, for a real sensor to see.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Joins the group, then starts the program again and again, counts, and ends when it is told to. */
const loop = `
for folder in $3; do echo $$ > $folder/cgroup.procs; done
trap 'stop=yes' TERM
n=0
while [ -z "$stop" ]; do "$1" "$n"; n=$((n+1)); sleep 0.1; done
echo $n > $2`;

export interface ProcessStream {
  /** Ends it and says how many were started; may be called again. */
  stop(): Promise<number>;
}

export async function startProcesses(
  folder: string,
  groupFolders: readonly string[],
): Promise<ProcessStream> {
  const [program, countFile] = [join(folder, 'endured'), join(folder, 'endured.count')];
  await copyFile('/bin/true', program);
  await writeFile(countFile, '');
  const child = spawn('/bin/sh', ['-c', loop, 'sh', program, countFile, groupFolders.join(' ')], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return Number(await readFile(countFile, 'utf8'));
    },
  };
}

// A process by number and start time, so that a number which the kernel gave to another one is never mistaken.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot; field 22 of /proc/PID/stat. */
  readonly startTime: string;
}

/** `undefined` when there is no such process, or only its entry that nobody has collected yet. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command's name stands in brackets and may hold anything, so the fields are counted from behind it.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTime = rest[18];
  return startTime === undefined || state === 'Z' || state === 'X' ? undefined : { pid, startTime };
}

export async function isRunning({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  return (await identify(pid))?.startTime === startTime;
}

const pollMs = 50;

/** Asks it to end, and forces it after `patienceMs`. */
export async function endProcess(who: ProcessIdentity, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  if (await isRunning(who)) process.kill(who.pid, 'SIGTERM');
  while (await isRunning(who)) {
    if (Date.now() > deadline) process.kill(who.pid, 'SIGKILL');
    await sleep(pollMs);
  }
}

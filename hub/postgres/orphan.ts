// Ends a PostgreSQL that outlived the hub that started it, and clears the pid file of one that did not.
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';
import type { Logger } from '@yagura/kit';
import { sleep } from '@yagura/kit';

const pollMs = 50;
const fastMs = 10_000;
const immediateMs = 5_000;

/**
 * To be called by who holds the data folder's lock, so that no other hub uses that server. PostgreSQL itself cannot
 * tell a stale pid file from a live one when the number is in use again, as it is after a container's restart.
 */
export async function clearOrphan(cluster: string, log: Logger): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = Number.parseInt((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (await isServerOf(cluster, pid)) {
    log.info({ pid }, 'ending a PostgreSQL that an earlier hub left behind');
    await end(cluster, pid);
  }
  await rm(pidFile, { force: true });
}

async function end(cluster: string, pid: number): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', fastMs],
    ['SIGQUIT', immediateMs],
    ['SIGKILL', immediateMs],
  ] as const) {
    try {
      kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < waitMs; waited += pollMs) {
      if (!(await isServerOf(cluster, pid))) return;
      await sleep(pollMs);
    }
  }
}

/** A server stands in its cluster's folder. Where there is no /proc, the pid file is left to PostgreSQL's own check. */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  if (name.trim() !== 'postgres') return false;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return folder === (await realpath(cluster));
}

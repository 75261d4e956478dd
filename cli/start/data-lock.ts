// Keeps two supervisors off one data folder; the kernel lets go of the lock however its holder ends.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CliError } from '../errors.ts';

// SQLite's file lock is the only one that Node offers: a lock file would outlive a kill -9.
export async function lockData(data: string, pid: number): Promise<Disposable> {
  const pidFile = join(data, 'run', 'start.pid');
  const database = new DatabaseSync(join(data, 'run', 'start.lock'));
  try {
    database.exec('PRAGMA busy_timeout = 200; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const holder = await readFile(pidFile, 'utf8').catch(() => 'unknown');
    throw new CliError('DATA_IN_USE', `another yagura start (process ${holder.trim()}) runs on ${data}`, {
      cause: error,
    });
  }
  await writeFile(pidFile, `${pid}\n`, { mode: 0o600 });
  return { [Symbol.dispose]: () => database.close() };
}

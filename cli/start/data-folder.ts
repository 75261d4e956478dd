// Where a local installation keeps its data.
import { join, resolve } from 'node:path';
import type { Terminal } from '../terminal/terminal.ts';

/** `/var/lib/yagura` for root; else below XDG_DATA_HOME or `~/.local/share`. */
export function dataFolder(chosen: string | undefined, terminal: Terminal): string {
  if (chosen !== undefined) return resolve(chosen);
  if (terminal.isRoot) return '/var/lib/yagura';
  const base = terminal.env['XDG_DATA_HOME'] || join(terminal.homeFolder, '.local', 'share');
  return join(base, 'yagura');
}

/** Address and token of the hub that runs on this data folder, for the other commands. */
export const hubFile = (data: string): string => join(data, 'run', 'cli.json');

// Where a command of this machine is, looked for as root would have it in its path.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export function findCommand(name: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  return [...path.split(delimiter), '/usr/local/go/bin', '/usr/sbin', '/sbin']
    .map((folder) => join(folder, name))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

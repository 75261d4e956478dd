// Makes the data folder what the programs expect.
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../errors.ts';
import { sensorSocket } from './programs.ts';

export async function prepareData(data: string): Promise<void> {
  try {
    // PostgreSQL runs as another user when the hub is root, and must pass through; what is secret is closed below.
    await mkdir(data, { recursive: true, mode: 0o711 });
    for (const folder of ['run', 'logs']) {
      await mkdir(join(data, folder), { recursive: true, mode: 0o700 });
      await chmod(join(data, folder), 0o700);
    }
    await mkdir(dirname(sensorSocket(data)), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CliError('DATA_UNWRITABLE', (error as Error).message, { cause: error });
  }
}

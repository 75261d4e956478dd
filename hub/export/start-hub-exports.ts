// Starts export with its files: the key of secrets, and the folder of exported alerts.
import { join } from 'node:path';
import { openSecretBox } from './secret-box.ts';
import type { Product } from './start-destination.ts';
import { type Exports, type ExportsOptions, startExports } from './start-exports.ts';

export type HubExportsOptions = Pick<ExportsOptions, 'db' | 'clock' | 'log' | 'metrics'> &
  Product & { readonly dataFolder: string };

export async function startHubExports({
  dataFolder,
  version,
  workspace,
  consoleUrl,
  ...parts
}: HubExportsOptions): Promise<Exports> {
  const box = await openSecretBox(join(dataFolder, 'export-key'));
  const folder = join(dataFolder, 'exports');
  return startExports({ ...parts, box, folder, product: { version, workspace, consoleUrl } });
}

// What Helm is given for an extension: the hub's values, over them the owner's, over them what the agent knows itself.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DesiredExtension, extensionKinds, foreignValues } from '@yagura/contracts';
import { ClusterError } from '../../errors.ts';

export interface Wish {
  /** Folder of the chart. */
  readonly chart: string;
  /** JSON, those that count more later. */
  readonly values: readonly string[];
  /** The same for the same, and fit for a label. */
  readonly id: string;
}

export interface WishOptions {
  /** Folder with the charts that this agent carries. */
  readonly charts: string;
  /** The owner's values, by extension. */
  readonly ownerValues: Readonly<Record<string, unknown>>;
  /** What only the agent knows: its hub, its workspace, its cluster. */
  readonly agentValues: Readonly<Record<string, unknown>>;
}

/** Throws EXTENSION_REFUSED where the hub wants what it may not, or a chart that is not here. */
export async function makeWish(desired: DesiredExtension, options: WishOptions): Promise<Wish> {
  const { name, generation, version } = desired;
  const { chart } = extensionKinds[name];
  const foreign = foreignValues(name, desired.values);
  if (foreign.length > 0)
    throw new ClusterError('EXTENSION_REFUSED', `${foreign.slice(0, 5).join(', ')}: not for a hub to set`);
  const folder = join(options.charts, chart);
  const carried = await versionOf(folder);
  if (desired.chart !== chart || version !== carried)
    throw new ClusterError(
      'EXTENSION_REFUSED',
      `${desired.chart} ${version} is wanted, and this agent carries ${chart} ${carried}: update the agent, or the hub`,
    );
  const values = [desired.values, options.ownerValues[name] ?? {}, options.agentValues].map((one) =>
    JSON.stringify(one),
  );
  const hash = createHash('sha256').update(JSON.stringify([generation, carried, values]));
  return { chart: folder, values, id: hash.digest('hex').slice(0, 20) };
}

async function versionOf(chart: string): Promise<string> {
  const text = await readFile(join(chart, 'Chart.yaml'), 'utf8');
  return /^version: (\S+)$/m.exec(text)?.[1] ?? 'unknown';
}

// Whether values may be sent to a cluster: small, the hub's to set, and as the chart wants them.
import { type ExtensionName, type ExtensionValues, extensionKinds, foreignValues } from '@yagura/contracts';
import { HubError } from '../errors.ts';
import type { KnownChart } from './charts.ts';

const maxBytes = 32 * 1024;
const maxDepth = 12;
const shown = 5;

/** Throws EXTENSION_VALUES_REFUSED with what is wrong. */
export function checkValues(name: ExtensionName, values: ExtensionValues, chart: KnownChart): void {
  // First: what walks through values below may then do so by calling itself.
  if (isDeeper(values, maxDepth)) throw refused(`nested more than ${maxDepth} deep`);
  const bytes = Buffer.byteLength(JSON.stringify(values));
  if (bytes > maxBytes) throw refused(`${bytes} bytes, and ${maxBytes} are allowed`);
  const foreign = foreignValues(name, values);
  const problems = chart.problems(values);
  const unknown = problems.map((problem) => problem.split(':', 1)[0] ?? '');
  const owners = foreign.filter((path) => !unknown.some((one) => one === path || one.startsWith(`${path}.`)));
  if (owners.length > 0)
    throw refused(
      `${list(owners)}: for the cluster's owner to set, not for the hub, which may set ${extensionKinds[name].hubValues.join(', ')}`,
    );
  if (problems.length > 0) throw refused(list(problems, '; '));
}

const refused = (detail: string): HubError => new HubError('EXTENSION_VALUES_REFUSED', detail);

const list = (all: readonly string[], between = ', '): string =>
  [...all.slice(0, shown), ...(all.length > shown ? [`and ${all.length - shown} more`] : [])].join(between);

function isDeeper(values: unknown, depth: number): boolean {
  let level: unknown[] = [values];
  for (let n = 0; n <= depth; n++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

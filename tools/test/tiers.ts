// The tiers of tests by what they need, in the order in which they run.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Machine {
  readonly uid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: string;
}

export interface Tier {
  readonly name: string;
  readonly what: string;
  readonly holds: (file: string) => boolean;
  readonly concurrency: number;
  readonly testTimeoutMs: number;
  readonly fileTimeoutMs: number;
  /** Why this machine cannot run it and how to mend that; nothing when it can. */
  readonly missing: (machine: Machine) => string | undefined;
  /** A program of the house and its arguments, run once before the first file; it shows how far it is. */
  readonly prepare?: readonly [string, ...string[]];
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const hasCommand = ({ env }: Machine, names: readonly string[]): boolean =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => isExecutable(join(folder, name))));

const kernelIsMissing = (machine: Machine): string | undefined => {
  if (machine.uid !== 0) return 'needs root: run npm test as root';
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF (/sys/kernel/btf/vmlinux)';
  if (!existsSync(join(machine.root, 'sensor/build/yagura-loader')))
    return 'needs the sensor: npm run build:sensor (clang, libbpf-dev, libelf-dev)';
  return undefined;
};

const browserIsMissing = (machine: Machine): string | undefined =>
  hasCommand(machine, ['chromium', 'chromium-browser', 'google-chrome'])
    ? undefined
    : 'needs Chromium: apt-get install chromium';

const clusterProgram = 'e2e/cluster/main.ts';

const clusterIsMissing = ({ root }: Machine): string | undefined => {
  const args = [join(root, clusterProgram), 'check'];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim() || undefined;
};

const nothing = (): undefined => undefined;
const isHouse = (file: string): boolean => file.startsWith('tools/') && isPure(file);
const isPure = (file: string): boolean =>
  !/\.(slow|kernel|browser|cluster)\.test\.ts$/.test(file) && !file.startsWith('e2e/');
const isCluster = (file: string): boolean => file.endsWith('.cluster.test.ts');
const endsWith =
  (suffix: string) =>
  (file: string): boolean =>
    file.endsWith(suffix) && !file.startsWith('e2e/');

const oneMinute = 60_000;
const pure = { concurrency: 2, testTimeoutMs: 20_000, fileTimeoutMs: oneMinute, missing: nothing };
const alone = { concurrency: 1, testTimeoutMs: 2 * oneMinute, fileTimeoutMs: 5 * oneMinute };

export const tiers: readonly Tier[] = [
  { name: 'structure', what: 'the order of the house', holds: isHouse, ...pure },
  { name: 'unit', what: 'pure tests', holds: (file) => isPure(file) && !isHouse(file), ...pure },
  {
    name: 'slow',
    what: 'real services on this machine',
    holds: endsWith('.slow.test.ts'),
    ...alone,
    // Databases that are killed again and again take their time on a busy machine.
    testTimeoutMs: 4 * oneMinute,
    fileTimeoutMs: 8 * oneMinute,
    concurrency: 2,
    missing: nothing,
  },
  {
    name: 'kernel',
    what: 'real eBPF',
    holds: endsWith('.kernel.test.ts'),
    ...alone,
    missing: kernelIsMissing,
  },
  {
    name: 'browser',
    what: 'real Chromium',
    holds: endsWith('.browser.test.ts'),
    ...alone,
    missing: browserIsMissing,
  },
  {
    name: 'e2e',
    what: 'the whole system from outside',
    holds: (file) => file.startsWith('e2e/') && !isCluster(file),
    ...alone,
    testTimeoutMs: 10 * oneMinute,
    fileTimeoutMs: 12 * oneMinute,
    missing: nothing,
  },
  {
    name: 'cluster',
    what: 'a real Kubernetes cluster on this machine',
    holds: isCluster,
    ...alone,
    // A cluster starts, images are imported and charts are rolled out, in limits of a few hundredths of a core.
    testTimeoutMs: 6 * oneMinute,
    fileTimeoutMs: 8 * oneMinute,
    missing: clusterIsMissing,
    prepare: [clusterProgram, 'build'],
  },
];

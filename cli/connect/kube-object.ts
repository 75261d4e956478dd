// What the objects of a connection have in common.

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export const agentName = 'yagura-connect';

export const labels = {
  'app.kubernetes.io/name': agentName,
  'app.kubernetes.io/part-of': 'yagura',
  'app.kubernetes.io/managed-by': agentName,
} as const;

export const kubeObject = (
  [apiVersion, kind]: readonly [string, string],
  [name, namespace]: readonly [string, string?],
  fields: object = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels },
  ...fields,
});

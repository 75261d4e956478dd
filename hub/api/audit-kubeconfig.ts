// The file that `kube-apiserver --audit-webhook-config-file` takes, for one cluster.

export interface AuditKubeconfig {
  /** `https://host:port` of the agents' port. */
  readonly server: string;
  readonly cluster: string;
  /** PEM of the hub's authority. */
  readonly authority: string;
  readonly credential: string;
}

/** JSON strings are YAML strings: nothing in a name can break out of its place. */
const quoted = (text: string): string => JSON.stringify(text);

export function auditKubeconfig({ server, cluster, authority, credential }: AuditKubeconfig): string {
  const url = new URL(`/v1/audit/${encodeURIComponent(cluster)}`, server).href;
  return `# Audit webhook of cluster ${cluster}. It holds a credential: keep it readable by the API server only.
apiVersion: v1
kind: Config
clusters:
  - name: yagura
    cluster:
      server: ${quoted(url)}
      certificate-authority-data: ${Buffer.from(authority).toString('base64')}
users:
  - name: api-server
    user:
      token: ${quoted(credential)}
contexts:
  - name: yagura
    context:
      cluster: yagura
      user: api-server
current-context: yagura
`;
}

// What the corpus calls things, in our words: behaviours as rules, and Falco's overrides as lists.

/** A behaviour is shown by any of these rules, with the count that the case asks for. */
export const rulesByBehaviour: Readonly<Record<string, readonly string[]>> = {
  'allowlist-image': ['image-not-allowed'],
  'allowlist-namespace': ['namespace-not-allowed'],
  'allowlist-user': ['user-not-allowed'],
  'anonymous-access': ['anonymous-request-answered'],
  'cluster-admin-binding': ['cluster-admin-binding'],
  'configmap-with-credentials': ['config-map-with-credentials'],
  'crud-informational': ['object-changed-by-person'],
  'exec-into-pod': ['exec-into-pod'],
  'host-network-pod': ['host-network-pod'],
  'nodeport-service': ['node-port-service'],
  'pod-exec-role': ['role-with-pod-exec'],
  'pod-in-system-namespace': ['kube-system-container'],
  'privileged-pod': ['privileged-container'],
  'secret-created': ['object-changed-by-person'],
  'sensitive-hostpath-mount': ['sensitive-host-path', 'runtime-socket-mounted'],
  'serviceaccount-in-system-namespace': ['system-account-created'],
  'system-role-modified': ['system-role-changed'],
  // A role with all verbs on pods is told for what it can do: start workloads.
  'wildcard-role': ['wildcard-role', 'high-privilege-role', 'cluster-role-writes-workloads'],
  'write-privilege-role': ['cluster-role-writes-paths', 'cluster-role-writes-workloads'],
};

type Lists = Readonly<Record<string, readonly string[]>>;

/** What Falco's rules allow before anybody changes them. */
const byDefault: Lists = {
  'allowed-users.txt': ['minikube', 'minikube-user', 'kubelet', 'kops', 'admin', 'kube', 'kube-proxy'],
  'allowed-namespaces.txt': ['kube-system', 'kube-public', 'default'],
};

const byOverride: Readonly<Record<string, Lists>> = {
  'allow_namespace_foo.yaml': { 'allowed-namespaces.txt': ['foo'] },
  'allow_nginx_container.yaml': { 'allowed-images.txt': ['docker.io/library/nginx'] },
  'allow_only_apache_container.yaml': { 'allowed-images.txt': ['docker.io/library/httpd'] },
  'allow_user_some-user.yaml': { 'allowed-users.txt': ['some-user'] },
  'trust_nginx_container.yaml': { 'trusted-images.txt': ['docker.io/library/nginx'] },
  // Leaves out informational activity, which here is told apart by its rule.
  'disallow_kactivity.yaml': {},
};

export function listsFor(overrides: readonly string[]): Lists {
  const lists: Record<string, readonly string[]> = { ...byDefault };
  for (const override of overrides) {
    const own = byOverride[override.replace(/^.*\//, '')];
    if (own === undefined) throw new Error(`there is no list for the override ${override}`);
    for (const [name, values] of Object.entries(own)) lists[name] = [...(lists[name] ?? []), ...values];
  }
  return lists;
}

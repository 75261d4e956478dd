// A month of a busy cluster with well-known add-ons, through all rules at once: nobody is called.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../engine/engine.ts';
import { builtinRules, loadRuleFolder } from '../files/load-rule-folder.ts';
import { eventsOf } from '../testing/run-rule.ts';

type Words = Readonly<Record<string, unknown>>;
type Doing = readonly [verb: string, resource: string, words?: Words];

const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;
const agentOf = (user: string): string => `${user.split(':').at(-1)}/v1.2.3 (linux/amd64) kubernetes/abc`;

/** What one user does, by his own client and from the cluster's own network unless told otherwise. */
const by = (user: string, ...doings: readonly Doing[]): readonly Words[] =>
  doings.map(([verb, resource, words = {}]) => ({
    audit: { verb, resource, user, agent: agentOf(user), from: '10.0.3.7', ...words },
  }));

const shop = { namespace: 'shop', name: 'web' };
const system = { namespace: 'kube-system' };
const informer = (resource: string): readonly Doing[] => [
  ['list', resource, { uri: `/api/v1/${resource}?limit=500&resourceVersion=0` }],
  ['watch', resource, { uri: `/api/v1/${resource}?watch=true&resourceVersion=9`, stage: 'ResponseStarted' }],
];
const lease = (name: string): Doing => [
  'update',
  'leases',
  { group: 'coordination.k8s.io', namespace: 'kube-system', name },
];

const addOns: readonly Words[] = [
  ...by(
    account('cert-manager', 'cert-manager'),
    ...informer('secrets'),
    ['update', 'secrets', shop],
    ['get', 'secrets', shop],
    ['create', 'serviceaccounts', { ...shop, subresource: 'token' }],
  ),
  ...by(account('cert-manager', 'cert-manager-cainjector'), [
    'patch',
    'validatingwebhookconfigurations',
    { name: 'x', request: { webhooks: [{ clientConfig: { service: { namespace: 'kyverno' } } }] } },
  ]),
  ...by(
    account('argocd', 'argocd-application-controller'),
    ...informer('pods'),
    ['patch', 'deployments', { ...shop, group: 'apps' }],
    ['patch', 'clusterroles', { name: 'app' }],
    ['get', 'secrets', { namespace: 'argocd', name: 'cluster-a' }],
  ),
  ...by(
    account('flux-system', 'kustomize-controller'),
    ['patch', 'rolebindings', shop],
    ['create', 'deployments', { ...shop, impersonated: { username: account('shop', 'deployer') } }],
  ),
  ...by(account('monitoring', 'prometheus-k8s'), ...informer('endpoints'), [
    'get',
    'nodes',
    { name: 'n1', subresource: 'proxy', uri: '/api/v1/nodes/n1/proxy/metrics/cadvisor' },
  ]),
  ...by(account('monitoring', 'kube-state-metrics'), ...informer('secrets')),
  ...by(account('velero', 'velero'), ...informer('pods'), [
    'create',
    'backups',
    { namespace: 'velero', name: 'b' },
  ]),
  ...by(account('istio-system', 'istiod'), ...informer('secrets'), [
    'patch',
    'mutatingwebhookconfigurations',
    { name: 'istio', request: { webhooks: [{ failurePolicy: 'Ignore' }] } },
  ]),
  ...by(
    account('kyverno', 'kyverno-admission-controller'),
    [
      'update',
      'validatingwebhookconfigurations',
      { name: 'k', request: { webhooks: [{ clientConfig: { service: { namespace: 'kyverno' } } }] } },
    ],
    ['create', 'selfsubjectaccessreviews'],
    ['get', 'secrets', { namespace: 'kyverno', name: 'tls' }],
  ),
  ...by(
    account('kube-system', 'karpenter'),
    ['patch', 'nodes', { name: 'n1', request: { spec: { taints: [{ key: 'karpenter.sh/disrupted' }] } } }],
    ['create', 'pods', { namespace: 'shop', name: 'web-1', subresource: 'eviction' }],
    ['delete', 'nodes', { name: 'n1' }],
    lease('karpenter-leader-election'),
  ),
  ...by(
    account('kube-system', 'cluster-autoscaler'),
    [
      'update',
      'nodes',
      { name: 'n2', request: { spec: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler' }] } } },
    ],
    lease('cluster-autoscaler'),
  ),
  ...by(account('external-secrets', 'external-secrets'), [
    'create',
    'serviceaccounts',
    { ...shop, subresource: 'token' },
  ]),
  ...by(
    account('monitoring', 'node-exporter'),
    ['create', 'tokenreviews'],
    ['create', 'subjectaccessreviews'],
  ),
  ...by(account('kube-system', 'metrics-server'), ['create', 'tokenreviews'], ...informer('nodes')),
];

/** Who runs a distribution has accounts of its own, and makes what nobody else may make in silence. */
const distributions: readonly Words[] = [
  ...by(
    'service-1@container-engine-robot.iam.gserviceaccount.com',
    ['patch', 'daemonsets', { ...system, name: 'netd', group: 'apps', provider: 'gke' }],
    ['create', 'clusterroles', { name: 'system:gke-x', provider: 'gke' }],
    ['delete', 'services', { ...system, name: 'default-http-backend', provider: 'gke' }],
    ['list', 'secrets', { ...system, provider: 'gke' }],
  ),
  ...by('system:gke-common-webhooks', [
    'update',
    'mutatingwebhookconfigurations',
    { name: 'gke', request: { webhooks: [{ clientConfig: { url: 'https://localhost:5443/x' } }] } },
  ]),
  ...by(
    account('kube-system', 'helm-traefik'),
    ['create', 'services', { ...system, name: 'traefik', request: { spec: { type: 'LoadBalancer' } } }],
    ['create', 'clusterroles', { name: 'traefik-kube-system' }],
    ['create', 'secrets', { ...system, name: 'sh.helm.release.v1.traefik.v1' }],
    ['delete', 'secrets', { ...system, name: 'sh.helm.release.v1.traefik.v0' }],
  ),
  ...by(account('kube-system', 'local-path-provisioner-service-account'), [
    'create',
    'pods',
    {
      ...system,
      request: {
        metadata: { name: 'helper-pod-create-pvc-1' },
        spec: {
          containers: [{ name: 'helper-pod', image: 'rancher/mirrored-library-busybox:1.36.1' }],
          volumes: [{ name: 'data', hostPath: { path: '/var/lib/rancher/k3s/storage' } }],
        },
      },
    },
  ]),
];

const node = 'system:node:n1';
const cluster: readonly Words[] = [
  ...by(
    node,
    ['get', 'secrets', shop],
    ['get', 'configmaps', shop],
    ['create', 'serviceaccounts', { ...shop, subresource: 'token' }],
    ['patch', 'nodes', { name: 'n1', subresource: 'status' }],
    ['update', 'leases', { namespace: 'kube-node-lease', name: 'n1' }],
    [
      'create',
      'certificatesigningrequests',
      { request: { spec: { signerName: 'kubernetes.io/kubelet-serving' } } },
    ],
    ['create', 'nodes', { name: 'n1' }],
  ),
  ...by(
    'system:bootstrap:abcdef',
    ['create', 'certificatesigningrequests'],
    ['get', 'configmaps', { namespace: 'kube-system', name: 'kubeadm-config' }],
  ),
  ...by(account('kube-system', 'certificate-controller'), [
    'update',
    'certificatesigningrequests',
    { name: 'csr-1', subresource: 'approval' },
  ]),
  ...by('system:kube-scheduler', lease('kube-scheduler'), [
    'create',
    'pods',
    { namespace: 'shop', name: 'web-1', subresource: 'binding' },
  ]),
  ...by('system:kube-controller-manager', lease('kube-controller-manager'), [
    'create',
    'serviceaccounts',
    { namespace: 'kube-system', name: 'job-controller', subresource: 'token' },
  ]),
  ...by('system:apiserver', ['update', 'clusterroles', { name: 'admin' }], ['get', 'secrets', shop]),
  ...by(account('kube-system', 'namespace-controller'), [
    'deletecollection',
    'networkpolicies',
    { namespace: 'old' },
  ]),
  ...by('eks:addon-manager', ['patch', 'configmaps', { namespace: 'kube-system', name: 'coredns' }]),
  ...['aksService', 'hcpService', 'readinessChecker'].flatMap((user) =>
    by(user, ['update', 'configmaps', { namespace: 'kube-system', name: 'coredns' }], ['list', 'secrets']),
  ),
  ...distributions,
  ...by('system:addon-manager', ['patch', 'configmaps', { namespace: 'kube-system', name: 'kube-dns' }]),
  { audit: { verb: 'get', resource: '', user: 'system:anonymous', uri: '/livez', from: '10.0.0.2' } },
];

const monthly = (entries: readonly Words[]): readonly Words[] =>
  entries.map((entry, n) => ({ at: `${n}m`, repeat: 30, every: '1d', ...entry }));

test('a month of a busy cluster', async () => {
  const { rules } = await loadRuleFolder(builtinRules);
  const engine = createEngine(rules);
  const events = [...eventsOf(...monthly([...addOns, ...cluster]))].sort((a, b) =>
    a.time < b.time ? -1 : 1,
  );
  const fired = events
    .flatMap((event) => engine.evaluate(event))
    .map(({ rule, message }) => `${rule.id}: ${message}`);
  assert.deepEqual([...new Set(fired)], []);
});

// A pod as an API server tells it: one of a deployment, with what the kubelet and the controllers wrote into it.

export interface PodState {
  readonly index: number;
  readonly version: number;
  /** Of the label that the inventory tells; what else changes is told to nobody. */
  readonly turn: string;
}

const time = '2026-01-01T00:00:00Z';
const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');

/** Some 7 kB of JSON, of which a third says who set which field. */
export function podObject({ index, version, turn }: PodState): object {
  const workload = `workload-${Math.floor(index / 10)}`;
  const replicas = `${workload}-5d4f8c7b9`;
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicas, uid: uidOf(index, 'e') };
  const image = `registry.example/team/${workload}:1.${index % 7}`;
  const metadata = {
    name: `${replicas}-${hex(index, 5)}`,
    generateName: `${replicas}-`,
    namespace: `team-${index % 10}`,
    uid: uidOf(index, 'a'),
    resourceVersion: String(version),
    creationTimestamp: time,
    labels: { app: workload, 'pod-template-hash': '5d4f8c7b9', turn },
    annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
    ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
    managedFields: managedFieldsOf(owner.uid),
  };
  const status = statusOf({ index, version, image });
  return { kind: 'Pod', apiVersion: 'v1', metadata, spec: specOf(index, image), status };
}

const uidOf = (index: number, kind: string): string => `${kind}0000000-0000-4000-8000-${hex(index, 12)}`;

const tokenMount = {
  name: 'kube-api-access',
  readOnly: true,
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
};

function containerOf(name: string, image: string): object {
  const probe = { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, timeoutSeconds: 1 };
  const often = { periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  return {
    name,
    image,
    args: ['--listen=:8080', '--config=/etc/app/config.yaml', '--log-format=json'],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: ['POD_NAME', 'POD_NAMESPACE', 'DATABASE_URL'].map((key) => ({ name: key, value: `of ${key}` })),
    resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
    volumeMounts: [{ name: 'config', mountPath: '/etc/app' }, tokenMount],
    ...{ livenessProbe: { ...probe, ...often }, readinessProbe: { ...probe, ...often } },
    ...{ terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
    imagePullPolicy: 'IfNotPresent',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true },
  };
}

const projected = [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
];

const specOf = (index: number, image: string): object => ({
  volumes: [
    { name: 'config', configMap: { name: 'app', defaultMode: 420 } },
    { name: 'kube-api-access', projected: { sources: projected, defaultMode: 420 } },
  ],
  containers: [containerOf('main', image), containerOf('proxy', 'registry.example/mesh/proxy:1.2')],
  ...{ restartPolicy: 'Always', terminationGracePeriodSeconds: 30, dnsPolicy: 'ClusterFirst' },
  ...{ serviceAccountName: 'app', serviceAccount: 'app', nodeName: `node-${index % 50}` },
  ...{ securityContext: {}, schedulerName: 'default-scheduler', priority: 0, enableServiceLinks: true },
  preemptionPolicy: 'PreemptLowerPriority',
  tolerations: ['not-ready', 'unreachable'].map((key) => ({
    key: `node.kubernetes.io/${key}`,
    ...{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
  })),
});

const conditions = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

function statusOf({ index, version, image }: { index: number; version: number; image: string }): object {
  const address = `10.${128 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  const heard = new Date(Date.parse(time) + version * 1000).toISOString();
  return {
    phase: 'Running',
    conditions: conditions.map((type) => ({
      ...{ type, status: 'True', lastProbeTime: null, lastTransitionTime: heard },
    })),
    ...{ hostIP: '192.0.2.10', hostIPs: [{ ip: '192.0.2.10' }] },
    ...{ podIP: address, podIPs: [{ ip: address }], startTime: time, qosClass: 'Burstable' },
    containerStatuses: ['main', 'proxy'].map((name) => ({
      ...{ name, image, ready: true, started: true, restartCount: 0, lastState: {} },
      imageID: `registry.example/team/app@sha256:${hex(index, 64)}`,
      containerID: `containerd://${hex(index, 64)}`,
      state: { running: { startedAt: time } },
    })),
  };
}

const keysOf = (...names: readonly string[]): object =>
  Object.fromEntries(['.', ...names.map((name) => `f:${name}`)].map((name) => [name, {}]));

const containerKeys = [
  ...['args', 'env', 'image', 'imagePullPolicy', 'livenessProbe', 'name', 'ports', 'readinessProbe'],
  ...['resources', 'securityContext', 'terminationMessagePath', 'terminationMessagePolicy', 'volumeMounts'],
];

function managedFieldsOf(owner: string): readonly object[] {
  const ownerKey = `k:${JSON.stringify({ uid: owner })}`;
  const containers = Object.fromEntries(
    ['main', 'proxy'].map((name) => [`k:{"name":"${name}"}`, keysOf(...containerKeys)]),
  );
  const spec = {
    'f:containers': containers,
    'f:volumes': { '.': {}, 'k:{"name":"config"}': keysOf('configMap', 'name') },
    ...{ 'f:dnsPolicy': {}, 'f:enableServiceLinks': {}, 'f:restartPolicy': {}, 'f:schedulerName': {} },
    ...{ 'f:securityContext': {}, 'f:serviceAccountName': {}, 'f:terminationGracePeriodSeconds': {} },
  };
  const metadata = {
    'f:generateName': {},
    'f:labels': keysOf('app', 'pod-template-hash'),
    'f:ownerReferences': { '.': {}, [ownerKey]: {} },
  };
  const status = {
    'f:conditions': Object.fromEntries(
      conditions.map((type) => [`k:{"type":"${type}"}`, keysOf('lastProbeTime', 'status', 'type')]),
    ),
    ...{ 'f:containerStatuses': {}, 'f:hostIP': {}, 'f:phase': {}, 'f:podIP': {}, 'f:podIPs': {} },
  };
  const of = { operation: 'Update', apiVersion: 'v1', time, fieldsType: 'FieldsV1' };
  return [
    { manager: 'kube-controller-manager', ...of, fieldsV1: { 'f:metadata': metadata, 'f:spec': spec } },
    { manager: 'kubelet', ...of, fieldsV1: { 'f:status': status }, subresource: 'status' },
  ];
}

// Objects as they stand in the bodies of audit records, with the managed fields, statuses and annotations that fill real ones.

/** Hexadecimal digits, the same for the same seed. */
export const text = (seed: number, length: number): string =>
  Array.from({ length }, (_, at) => ((seed * 7 + at * 13) % 16).toString(16)).join('');

/** In the form of one, and the same for the same seed. */
export const uidOf = (seed: number): string =>
  `${text(seed, 8)}-${text(seed + 1, 4)}-4${text(seed + 2, 3)}-9${text(seed + 3, 3)}-${String(seed).padStart(12, '0')}`;

export const timeOf = (seed: number): string =>
  `2026-05-04T10:${String(Math.floor(seed / 60) % 60).padStart(2, '0')}:${String(seed % 60).padStart(2, '0')}`;

/** What one request's object is called; the seed makes it differ from others. */
export interface Names {
  readonly name: string;
  readonly namespace: string;
  readonly seed: number;
}

const managed = (manager: string, fields: object, seed: number, subresource?: string): object => ({
  manager,
  operation: 'Update',
  apiVersion: 'v1',
  time: `${timeOf(seed)}Z`,
  fieldsType: 'FieldsV1',
  fieldsV1: fields,
  ...(subresource === undefined ? {} : { subresource }),
});

export const metadata = ({ name, namespace, seed }: Names, fields: object, manager: string): object => ({
  name,
  namespace,
  uid: uidOf(seed % 97),
  resourceVersion: String(100_000 + seed),
  creationTimestamp: '2026-05-01T08:00:00Z',
  managedFields: [managed(manager, fields, seed)],
});

export const keyed = (prefix: string, names: readonly string[]): Record<string, object> =>
  Object.fromEntries(names.map((name) => [`${prefix}${name}`, {}]));

export const lease = (names: Names): object => ({
  kind: 'Lease',
  apiVersion: 'coordination.k8s.io/v1',
  metadata: metadata(
    names,
    { 'f:spec': keyed('f:', ['holderIdentity', 'leaseDurationSeconds', 'renewTime']) },
    'kubelet',
  ),
  spec: {
    holderIdentity: names.name,
    leaseDurationSeconds: 40,
    renewTime: `${timeOf(names.seed)}.123456Z`,
  },
});

const conditionTypes = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];

const conditions = (types: readonly string[], seed: number): object[] =>
  types.map((type) => ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: `${timeOf(seed)}Z`,
  }));

export const podStatusPatch = ({ seed }: Names): object => ({
  metadata: { uid: uidOf(seed % 97) },
  status: {
    $setElementOrder$conditions: conditionTypes.map((type) => ({ type })),
    conditions: conditions(['Ready', 'ContainersReady'], seed),
    containerStatuses: [
      {
        containerID: `containerd://${text(seed, 64)}`,
        image: 'registry.example/web:1.4.2',
        imageID: `registry.example/web@sha256:${text(seed + 5, 64)}`,
        lastState: {},
        name: 'main',
        ready: true,
        restartCount: seed % 3,
        started: true,
        state: { running: { startedAt: `${timeOf(seed)}Z` } },
      },
    ],
  },
});

export const nodeStatusPatch = ({ seed }: Names): object => ({
  status: {
    $setElementOrder$conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
      type,
    })),
    conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
      lastHeartbeatTime: `${timeOf(seed)}Z`,
      type,
    })),
  },
});

export interface PodOptions {
  /** Beside the usual members of its spec. */
  readonly spec?: object;
  /** Of its container. */
  readonly securityContext?: object;
}

export const pod = (names: Names, { spec, securityContext }: PodOptions = {}): object => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    generateName: `${names.name}-`,
    namespace: names.namespace,
    labels: { app: names.name, 'pod-template-hash': '5cdcc99dbf' },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
        kind: 'Deployment',
        spec: { replicas: 2 },
      }),
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: names.name,
        uid: uidOf(names.seed % 89),
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  },
  spec: {
    volumes: [
      { name: 'kube-api-access-x7k2p', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
    ],
    containers: [
      {
        name: 'main',
        image: 'registry.example/web:1.4.2',
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
        env: [{ name: 'MODE', value: 'production' }],
        resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
        volumeMounts: [
          {
            name: 'kube-api-access-x7k2p',
            readOnly: true,
            mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
          },
        ],
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
        ...(securityContext === undefined ? {} : { securityContext }),
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
  },
});

/** A pod that runs, as the API server answers with it. */
export const runningPod = (names: Names, options?: PodOptions): object => {
  const { metadata: meta, ...rest } = pod(names, options) as { metadata: object };
  const status = (podStatusPatch(names) as { status: { containerStatuses: object } }).status;
  return {
    ...rest,
    metadata: { ...meta, name: names.name, uid: uidOf(names.seed), resourceVersion: String(names.seed) },
    status: {
      phase: 'Running',
      conditions: conditions(conditionTypes, names.seed),
      hostIP: '10.0.0.7',
      podIP: '10.244.1.17',
      containerStatuses: status.containerStatuses,
      qosClass: 'Burstable',
    },
  };
};

export const configMap = (names: Names): object => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: metadata(names, { 'f:data': keyed('f:', ['app.yaml']) }, 'kubectl-client-side-apply'),
  data: { 'app.yaml': `listen: 8080\nlog:\n  level: info\n  format: json\n# ${text(names.seed, 200)}\n` },
});

export const coreEvent = (names: Names): object => ({
  kind: 'Event',
  apiVersion: 'v1',
  metadata: metadata(names, { 'f:count': {}, 'f:message': {} }, 'kubelet'),
  involvedObject: {
    kind: 'Pod',
    namespace: names.namespace,
    name: names.name,
    uid: uidOf(names.seed),
    apiVersion: 'v1',
  },
  reason: 'Pulled',
  message: 'Container image "registry.example/web:1.4.2" already present on machine',
  source: { component: 'kubelet', host: 'node-1' },
  firstTimestamp: `${timeOf(names.seed)}Z`,
  lastTimestamp: `${timeOf(names.seed)}Z`,
  count: 1,
  type: 'Normal',
});

export const endpointSlice = (names: Names): object => ({
  kind: 'EndpointSlice',
  apiVersion: 'discovery.k8s.io/v1',
  metadata: metadata(
    names,
    { 'f:addressType': {}, 'f:endpoints': {}, 'f:ports': {} },
    'kube-controller-manager',
  ),
  addressType: 'IPv4',
  endpoints: [0, 1].map((each) => ({
    addresses: [`10.244.1.${17 + each}`],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: `node-${each}`,
    targetRef: {
      kind: 'Pod',
      namespace: names.namespace,
      name: `${names.name}-${each}`,
      uid: uidOf(names.seed),
    },
  })),
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
});

export const tokenReview = ({ seed }: Names): object => ({
  kind: 'TokenReview',
  apiVersion: 'authentication.k8s.io/v1',
  metadata: {},
  spec: { token: text(seed, 600), audiences: ['https://kubernetes.default.svc.cluster.local'] },
});

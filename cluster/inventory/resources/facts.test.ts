// What is told of pods and others, and that it always fits a record's schema.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ObjectFacts } from '@yagura/contracts';
import Value from 'typebox/value';
import { resources } from './list.ts';
import { pods } from './pods.ts';

const owned = (kind: string, name: string, labels = {}) => ({
  metadata: {
    name: 'p',
    labels,
    ownerReferences: [
      { kind: 'Other', name: 'x' },
      { kind, name, controller: true },
    ],
  },
});

test('a pod belongs to the top of its owners', () => {
  const workload = (kind: string, name: string, labels = {}) =>
    pods.facts(owned(kind, name, labels)).workload;
  const hash = { 'pod-template-hash': '5d4f8c7b9' };
  assert.deepEqual(workload('ReplicaSet', 'web-5d4f8c7b9', hash), { kind: 'Deployment', name: 'web' });
  assert.deepEqual(workload('ReplicaSet', 'web-5d4f8c7b9'), { kind: 'ReplicaSet', name: 'web-5d4f8c7b9' });
  assert.deepEqual(workload('Job', 'nightly-29384756'), { kind: 'CronJob', name: 'nightly' });
  assert.deepEqual(workload('Job', 'once'), { kind: 'Job', name: 'once' });
  assert.deepEqual(workload('StatefulSet', 'db'), { kind: 'StatefulSet', name: 'db' });
  assert.equal(pods.facts({ metadata: { name: 'p' } }).workload, undefined);
});

test('what a pod may do is told, and its images with the digests that run', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const facts = pods.facts({
    spec: {
      hostNetwork: true,
      automountServiceAccountToken: false,
      securityContext: { runAsUser: 0 },
      volumes: [{ hostPath: { path: '/' } }],
      containers: [{ name: 'c', image: 'i:1', securityContext: { privileged: true } }],
      initContainers: [
        { name: 'n', image: 'j:1', securityContext: { capabilities: { add: ['NET_ADMIN'] } } },
      ],
    },
    status: { containerStatuses: [{ name: 'c', imageID: `registry/i@${digest}` }] },
  });
  assert.deepEqual(facts.containers, [
    { name: 'c', image: 'i:1', imageDigest: digest },
    { name: 'n', image: 'j:1' },
  ]);
  assert.deepEqual(facts.security, [
    ...['privileged', 'hostNetwork', 'hostPath', 'runAsRoot', 'addedCapabilities', 'noTokenMount'],
  ]);
});

const long = 'x'.repeat(5000);
const many = Array.from({ length: 100 }, () => long);
const hostile: readonly unknown[] = [
  null,
  { metadata: { labels: Object.fromEntries(many.map((value, n) => [value + n, value])) } },
  {
    metadata: { labels: [1], ownerReferences: [{ kind: long, name: long }] },
    spec: { containers: [null, 3] },
  },
  {
    spec: {
      containers: many.map((image) => ({ name: image, image })),
      ports: many,
      type: long,
      replicas: 'x',
    },
  },
  {
    rules: many.map(() => ({ verbs: many, apiGroups: many, resources: [null] })),
    subjects: many,
    roleRef: 7,
  },
  { status: { nodeInfo: { kubeletVersion: long }, addresses: many }, spec: { rules: [{ host: long }] } },
];

test('whatever an object holds, its facts fit the schema', () => {
  for (const resource of resources)
    for (const object of hostile) {
      const facts: unknown = JSON.parse(JSON.stringify(resource.facts(object)));
      assert.deepEqual([...Value.Errors(ObjectFacts, facts)], [], resource.name);
    }
});

// The catalogue is complete and honest: names once, a description and an example each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { expandEvent } from '../proof/compact-event.ts';
import { capabilityNames } from './capability-names.ts';
import { fieldCatalogue, findField } from './catalogue.ts';

test('each name stands once, with a description and an example', () => {
  const names = fieldCatalogue.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  for (const field of fieldCatalogue)
    assert.ok(field.description.length > 3 && field.example !== '', field.name);
});

function read(name: string, entry: unknown, argument?: string): unknown {
  const expanded = expandEvent(entry, 0);
  assert.ok(expanded.ok, expanded.ok ? '' : expanded.message);
  return findField(name)?.bind(argument)(expanded.event);
}

const shell = {
  process: {
    name: 'sh',
    path: '/bin/dash',
    args: ['sh', '-c', 'id'],
    parents: [{ name: 'nginx', path: '/usr/sbin/nginx', args: ['nginx', '-g'] }, 'init'],
    container: 'web',
    image: 'reg:5000/a/b:1.2@sha256:00',
    upperLayer: true,
    uid: 7,
    pipedTo: 'nc',
  },
};

const processFields: readonly [name: string, argument: string | undefined, value: unknown][] = [
  ['proc.name', undefined, 'sh'],
  ['proc.exe', undefined, 'sh'],
  ['proc.exepath', undefined, '/bin/dash'],
  ['proc.exebasename', undefined, 'dash'],
  ['proc.cmdline', undefined, 'sh -c id'],
  ['proc.args', undefined, '-c id'],
  ['proc.pname', undefined, 'nginx'],
  ['proc.pcmdline', undefined, 'nginx -g'],
  ['proc.aname', undefined, ['nginx', 'init']],
  ['proc.aname', '0', 'sh'],
  ['proc.aname', '2', 'init'],
  ['proc.aname', '9', undefined],
  ['proc.is_exe_upper_layer', undefined, true],
  ['proc.piped_to', undefined, 'nc'],
  ['proc.stdin.peer', undefined, undefined],
  ['user.uid', undefined, 7],
  ['user.name', undefined, '7'],
  ['container.name', undefined, 'web'],
  ['container.image.repository', undefined, 'reg:5000/a/b'],
  ['container.image.tag', undefined, '1.2'],
  ['evt.type', undefined, 'execve'],
  ['ka.verb', undefined, undefined],
  ['proc.pexe', undefined, 'nginx'],
  ['proc.aexe', '0', 'sh'],
  ['proc.exeline', undefined, 'sh -c id'],
  ['proc.cmdnargs', undefined, 2],
  ['proc.cmdlenargs', undefined, 4],
  ['thread.ismain', undefined, true],
  ['evt.type.is', 'execveat', 1],
  ['evt.type.is', 'open', 0],
  ['syscall.type', undefined, 'execve'],
  ['evt.failed', undefined, false],
  ['evt.num', undefined, 1],
  ['fd.name', undefined, undefined],
  ['evt.arg', 'flags', undefined],
];

for (const [name, argument, value] of processFields)
  test(`${name}${argument === undefined ? '' : `[${argument}]`} of a process`, () =>
    assert.deepEqual(read(name, shell, argument), value));

const spawned = ((): unknown => {
  const expanded = expandEvent(shell, 0);
  return expanded.ok ? expanded.event : undefined;
})();

test('outside of containers the id is host, as in Falco', () => {
  assert.equal(read('container.id', { process: { name: 'sh', container: false } }), 'host');
});

const pod = {
  audit: {
    verb: 'create',
    resource: 'pods',
    namespace: 'shop',
    uri: '/api/v1/pods?dryRun=All&x=a%20b',
    request: {
      metadata: {
        generateName: 'web-5cdcc99dbf-',
        ownerReferences: [{ kind: 'ReplicaSet', name: 'web-5cdcc99dbf', controller: true }],
      },
      spec: {
        hostNetwork: true,
        securityContext: { runAsUser: 5 },
        containers: [
          { image: 'a/b:1', securityContext: { privileged: true } },
          { image: 'c', securityContext: { capabilities: { add: ['NET_RAW'] }, runAsUser: 0 } },
        ],
        initContainers: [{ image: 'i' }],
        volumes: [
          { name: 'v', hostPath: { path: '/etc//kubernetes/' } },
          { name: 'e', emptyDir: {} },
        ],
      },
    },
  },
};

const auditFields: readonly [name: string, argument: string | undefined, value: unknown][] = [
  ['ka.req.pod.containers.image', undefined, ['a/b:1', 'c', 'i']],
  ['ka.req.pod.containers.image', '1', ['c']],
  ['ka.req.pod.containers.image.repository', '0', ['a/b']],
  ['ka.req.pod.containers.privileged', undefined, [true]],
  ['ka.req.pod.containers.add_capabilities', undefined, ['NET_RAW']],
  ['ka.req.pod.containers.eff_run_as_user', undefined, [5, 0, 5]],
  ['ka.req.pod.host_network', undefined, true],
  ['ka.req.pod.host_pid', undefined, undefined],
  ['ka.req.pod.volumes.hostpath', undefined, ['/etc/kubernetes']],
  ['ka.req.pod.volumes.volume_type', undefined, ['hostPath', 'emptyDir']],
  ['ka.target.workload', undefined, 'web'],
  ['ka.uri.param', 'x', 'a b'],
  ['ka.uri.param', 'y', undefined],
  ['ka.response.code', undefined, 201],
  ['ka.user.groups', undefined, ['system:authenticated']],
  ['jevt.value', '/requestObject/spec/containers/1/image', 'c'],
  ['jevt.value', '/constructor/name', undefined],
  ['proc.name', undefined, undefined],
];

for (const [name, argument, value] of auditFields)
  test(`${name}${argument === undefined ? '' : `[${argument}]`} of a request`, () =>
    assert.deepEqual(read(name, pod, argument), value));

test('times in all forms', () => {
  const at = (name: string): unknown =>
    findField(name)?.bind()({ ...(spawned as object), time: '2026-05-04T10:00:00.120000007Z' } as Event);
  assert.equal(at('evt.time.iso8601'), '2026-05-04T10:00:00.120000007Z');
  assert.equal(at('evt.datetime.s'), '2026-05-04T10:00:00Z');
  assert.equal(at('evt.rawtime.s'), 1_777_888_800);
  assert.equal(at('evt.rawtime.ns'), 120_000_007);
});

test('capabilities by their names', () => {
  assert.equal(capabilityNames('0000000000200001'), 'CAP_CHOWN CAP_SYS_ADMIN');
  assert.equal(capabilityNames('0'), '');
  assert.equal(capabilityNames('all'), undefined);
});

test('subjects of a binding by their kinds', () => {
  const request = {
    subjects: [
      { kind: 'User', name: 'alice' },
      { kind: 'Group', name: 'system:masters' },
      { kind: 'ServiceAccount', name: 'deployer', namespace: 'shop' },
      { kind: 'ServiceAccount', name: 'nowhere' },
    ],
  };
  const names = (kind: string): unknown =>
    read(`ka.req.binding.subjects.${kind}`, {
      audit: { verb: 'create', resource: 'clusterrolebindings', request },
    });
  assert.deepEqual(names('user_names'), ['alice']);
  assert.deepEqual(names('group_names'), ['system:masters']);
  assert.deepEqual(names('serviceaccount_names'), ['deployer', 'nowhere']);
  assert.deepEqual(names('serviceaccount_ns_names'), ['shop:deployer']);
});

test('workloads: of a cron job, a daemon set, a bare generated name, and of nobody', () => {
  const created = (metadata: unknown): unknown =>
    read('ka.target.workload', { audit: { verb: 'create', resource: 'pods', request: { metadata } } });
  const owned = (kind: string, name: string): unknown =>
    created({ ownerReferences: [{ kind, name, controller: true }] });
  assert.equal(owned('Job', 'backup-29123456'), 'backup');
  assert.equal(owned('Job', 'migrate'), 'migrate');
  assert.equal(owned('DaemonSet', 'node-exporter'), 'node-exporter');
  assert.equal(owned('ReplicaSet', 'web-api-7998647bdf'), 'web-api');
  assert.equal(created({ generateName: 'job-' }), 'job');
  assert.equal(created({ name: 'tool' }), 'tool');
});

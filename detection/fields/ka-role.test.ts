// What roles lead to, what patches write, and whose certificate is asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { expandEvent } from '../proof/compact-event.ts';
import { findField } from './catalogue.ts';

function eventOf(audit: Readonly<Record<string, unknown>>): Event {
  const expanded = expandEvent({ audit: { verb: 'patch', resource: 'x', ...audit } }, 0);
  assert.ok(expanded.ok, expanded.ok ? '' : expanded.message);
  return expanded.event;
}

const read = (name: string, audit: Readonly<Record<string, unknown>>): unknown =>
  findField(name)?.bind()(eventOf(audit));

const rule = (group: string, resources: readonly string[], verbs: readonly string[]) => ({
  apiGroups: [group],
  resources,
  verbs,
});
const powers = (...rules: readonly unknown[]): unknown => read('ka.req.role.powers', { request: { rules } });

test('powers of a role', () => {
  assert.deepEqual(powers(rule('', ['pods', 'secrets'], ['get'])), ['secrets']);
  assert.deepEqual(powers(rule('', ['pods/exec'], ['create'])), ['exec', 'writes']);
  assert.deepEqual(powers(rule('shop.io', ['*'], ['*'])), []);
  assert.deepEqual(powers(rule('rbac.authorization.k8s.io', ['clusterroles'], ['*'])), [
    'escalate',
    'bind',
    'writes',
  ]);
  assert.equal((powers(rule('*', ['*'], ['*'])) as string[]).length, 13);
  assert.deepEqual(powers({ ...rule('', ['secrets'], ['get']), resourceNames: ['one'] }), []);
  assert.deepEqual(powers(null, 7, { verbs: 'x' }), []);
});

test('subresources of all resources at once are among them', () => {
  assert.deepEqual(powers(rule('', ['*/exec'], ['get'])), ['exec']);
  assert.deepEqual(powers(rule('', ['*/token'], ['create'])), ['token', 'writes']);
  assert.deepEqual(powers(rule('', ['*/proxy'], ['get'])), ['nodes-proxy']);
  assert.deepEqual(powers(rule('certificates.k8s.io', ['*/approval'], ['patch'])), ['csr']);
});

test('rules for named objects give what one object is enough for', () => {
  const named = (resourceNames: readonly string[], ...of: Parameters<typeof rule>): unknown =>
    powers({ ...rule(...of), resourceNames });
  const rbac = 'rbac.authorization.k8s.io';
  assert.deepEqual(named(['cluster-admin'], rbac, ['clusterroles'], ['bind']), ['bind']);
  assert.deepEqual(named(['shop-reader'], rbac, ['clusterroles'], ['bind', 'get']), []);
  assert.deepEqual(named(['shop-reader'], rbac, ['clusterroles'], ['*']), ['escalate']);
  assert.deepEqual(named(['system:masters'], '', ['groups'], ['impersonate']), ['impersonate']);
  assert.deepEqual(named(['alice'], '', ['users'], ['impersonate']), []);
  assert.deepEqual(named(['node-1'], '', ['nodes/proxy'], ['get']), ['nodes-proxy']);
  assert.deepEqual(named(['node-1'], '', ['nodes'], ['patch']), []);
});

test('an empty name is that of a request without one, and no narrower than none', () => {
  assert.deepEqual(powers({ ...rule('', ['secrets'], ['list']), resourceNames: [''] }), ['secrets']);
});

test('mutating admission policies are webhooks without a server', () => {
  assert.deepEqual(powers(rule('admissionregistration.k8s.io', ['mutatingadmissionpolicies'], ['create'])), [
    'webhooks',
  ]);
});

test('a JSON patch is read from the answer, and only where it touches', () => {
  const response = { rules: [rule('', ['secrets'], ['list'])] };
  const patch = (path: string, op = 'add') =>
    read('ka.req.role.powers', { request: [{ op, path, value: [] }], response });
  assert.deepEqual(patch('/rules/-'), ['secrets']);
  assert.deepEqual(patch('/rules'), ['secrets']);
  assert.deepEqual(patch('/metadata/labels'), []);
  assert.deepEqual(patch('/rules', 'remove'), []);
});

test('the level of a namespace, set and taken away', () => {
  const label = 'pod-security.kubernetes.io/enforce';
  const level = (request: unknown, response?: unknown) =>
    read('ka.req.namespace.enforce', { resource: 'namespaces', request, response });
  assert.equal(level({ metadata: { labels: { [label]: 'privileged' } } }), 'privileged');
  assert.equal(level({ metadata: { labels: { [label]: null } } }), 'removed');
  assert.equal(level({ metadata: { labels: { other: 'x' } } }), undefined);
  const path = '/metadata/labels/pod-security.kubernetes.io~1enforce';
  assert.equal(level([{ op: 'remove', path }]), 'removed');
  const answer = { metadata: { labels: { [label]: 'baseline' } } };
  assert.equal(level([{ op: 'replace', path, value: 'baseline' }], answer), 'baseline');
});

test('labels that are all taken away, or written anew without the level', () => {
  const level = (request: unknown, response?: unknown) =>
    read('ka.req.namespace.enforce', { resource: 'namespaces', request, response });
  assert.equal(level({ metadata: { labels: null } }), 'removed');
  assert.equal(level({ metadata: { labels: { $patch: 'replace', a: '1' } } }), 'removed');
  assert.equal(level([{ op: 'replace', path: '/metadata/labels', value: {} }]), 'removed');
  assert.equal(level([{ op: 'remove', path: '/metadata/labels' }], { metadata: {} }), 'removed');
  assert.equal(level([{ op: 'add', path: '/metadata/annotations', value: {} }]), undefined);
});

test('parameters of a URI, as the API server reads them', () => {
  const dryRun = (uri: string) => findField('ka.uri.param')?.bind('dryRun')(eventOf({ uri }));
  assert.equal(dryRun('/api?dryRun=All'), 'All');
  assert.equal(dryRun('/api?a=1&dry%52un=All'), 'All');
  for (const uri of ['/api?dryRun=All;x', '/api?x=1;dryRun=All', '/api?dryRun=%zz', '/api?dryRun%=All'])
    assert.equal(dryRun(uri), undefined, uri);
});

test('addresses: the connection, not what the client says; networks', () => {
  const source = (from: string) => read('ka.source.network', { from });
  assert.equal(source('10.1.2.3'), 'private');
  assert.equal(source('172.20.0.1'), 'private');
  assert.equal(source('203.0.113.9'), '203.0.113.0/24');
  assert.equal(source('::ffff:192.168.1.1'), 'private');
  assert.equal(source('fd00::1'), 'private');
  assert.equal(source('2001:db8:1:2::3'), '2001:db8:1::/48');
});

test('a certificate request tells its user and groups', () => {
  // openssl req -new -newkey ec -subj '/O=system:masters/O=dev/CN=mallory'
  const name = (oid: string, value: string): Buffer =>
    Buffer.concat([Buffer.from(oid, 'hex'), Buffer.from([0x0c, value.length]), Buffer.from(value)]);
  const der = Buffer.concat([
    name('060355040a', 'system:masters'),
    name('060355040a', 'dev'),
    name('0603550403', 'mallory'),
  ]);
  const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
  const audit = {
    resource: 'certificatesigningrequests',
    request: { spec: { request: Buffer.from(pem).toString('base64') } },
  };
  assert.deepEqual(read('ka.req.csr.groups', audit), ['system:masters', 'dev']);
  assert.deepEqual(read('ka.req.csr.user', audit), ['mallory']);
  for (const request of ['', '%%%', 'AAAA', Buffer.from(pem.slice(0, 40)).toString('base64')])
    assert.deepEqual(read('ka.req.csr.user', { ...audit, request: { spec: { request } } }), []);
});

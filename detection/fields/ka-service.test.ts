// Services, ingresses and config maps as rules see them, and what is no such object.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandEvent } from '../proof/compact-event.ts';
import { findField } from './catalogue.ts';

function read(name: string, audit: Readonly<Record<string, unknown>>): unknown {
  const expanded = expandEvent({ audit: { verb: 'create', namespace: 'shop', name: 'web', ...audit } }, 0);
  assert.ok(expanded.ok, expanded.ok ? '' : expanded.message);
  return findField(name)?.bind()(expanded.event);
}

test('a service is known by its name, labels and selector, of the answer too', () => {
  const request = {
    metadata: { labels: { app: 'ui', team: 'x' } },
    spec: { selector: { 'k8s-app': 'dash' } },
  };
  const response = { metadata: { labels: { 'app.kubernetes.io/name': 'redis' } } };
  const service = { resource: 'services', request, response };
  assert.deepEqual(read('ka.req.service.apps', service), ['web', 'ui', 'dash', 'redis']);
  assert.equal(read('ka.req.service.apps', { ...service, resource: 'endpoints' }), undefined);
  assert.deepEqual(read('ka.req.service.apps', { resource: 'services', request: 7 }), ['web']);
});

test('ports, those of pods behind too', () => {
  const request = {
    spec: { ports: [{ port: 80, targetPort: 2375 }, { port: 443, targetPort: 'https' }, null] },
  };
  assert.deepEqual(read('ka.req.service.port_numbers', { resource: 'services', request }), [80, 2375, 443]);
});

test('the widest network that may use a load balancer', () => {
  const widest = (loadBalancerSourceRanges: unknown): unknown =>
    read('ka.req.service.widest_source_prefix', {
      resource: 'services',
      request: { spec: { loadBalancerSourceRanges } },
    });
  assert.deepEqual(
    [['10.0.0.0/8', '0.0.0.0/1'], ['203.0.113.0/24'], ['2001:db8::/32'], [], undefined, ['rubbish']].map(
      widest,
    ),
    [1, 24, 8, 0, 0, 0],
  );
});

test('internal load balancers by the annotations of each cloud', () => {
  const internal = (annotations: unknown): unknown =>
    read('ka.req.service.is_internal', { resource: 'services', request: { metadata: { annotations } } });
  assert.equal(internal({ 'networking.gke.io/load-balancer-type': 'Internal' }), true);
  assert.equal(internal({ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' }), false);
  assert.equal(internal(undefined), false);
});

test('hosts and services of an ingress; one without a host takes all', () => {
  const spec = {
    defaultBackend: { service: { name: 'rest' } },
    rules: [{ http: { paths: [{ backend: { service: { name: 'web' } } }] } }, { host: 'a.example' }],
  };
  const ingress = { resource: 'ingresses', request: { spec } };
  assert.deepEqual(read('ka.req.ingress.hosts', ingress), ['*', 'a.example', '*']);
  assert.deepEqual(read('ka.req.ingress.services', ingress), ['rest', 'web']);
});

test('a config map tells the kinds of what it should not hold, once each, and not the values', () => {
  const data = { DB_PASSWORD: 'hunter22', file: 'password: hunter22\naws_access_key_id = X\n', other: 7 };
  const findings = (request: unknown): unknown =>
    read('ka.req.configmap.findings', { resource: 'configmaps', request });
  assert.deepEqual(findings({ data }), ['password', 'aws-key']);
  assert.deepEqual(findings({ data: { pg: '# hba\nhost all\tall   0.0.0.0/0   trust\n' } }), [
    'postgres-trust',
  ]);
  assert.deepEqual(findings({ data: 'text' }), []);
  assert.deepEqual(read('ka.req.configmap.findings', { resource: 'secrets', request: { data } }), []);
});

test('a megabyte that nearly matches costs little', () => {
  const data = { file: 'password  host '.repeat(70_000), spaces: `host${' '.repeat(500_000)}` };
  const startedAt = performance.now();
  read('ka.req.configmap.findings', { resource: 'configmaps', request: { data } });
  assert.ok(performance.now() - startedAt < 2_000);
});

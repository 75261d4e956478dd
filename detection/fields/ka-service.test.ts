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

test('lines of a config map are tidy and bounded', () => {
  const data = { KEY: 'value', file: 'a \t b\n\n  c\n', other: 7, long: `x\n${'y\n'.repeat(10_000)}` };
  const lines = read('ka.req.configmap.lines', { resource: 'configmaps', request: { data } });
  assert.ok(Array.isArray(lines));
  assert.deepEqual(lines.slice(0, 4), ['KEY=value', 'a b', 'c', 'x']);
  assert.ok(lines.length <= 2_000);
  assert.deepEqual(read('ka.req.configmap.lines', { resource: 'secrets', request: { data } }), []);
});

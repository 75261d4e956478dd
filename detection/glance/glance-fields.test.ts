// Fields that are said to need an object of the request have no value without one, whatever the request is about.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { bindField } from '../compile/bind-field.ts';
import { fieldCatalogue } from '../fields/catalogue.ts';
import { needsBody } from './glance-fields.ts';

const resources = ['pods', 'services', 'ingresses', 'configmaps', 'nodes', 'namespaces', 'roles', 'secrets'];
resources.push(
  'clusterrolebindings',
  'certificatesigningrequests',
  'validatingwebhookconfigurations',
  'jobs',
);
const subresources = [undefined, 'ephemeralcontainers', 'exec', 'status', 'token'];

const bodiless = (resource: string, subresource: string | undefined): Event => ({
  kind: 'api.requested',
  id: 'x',
  time: '2026-05-04T10:00:00Z',
  provider: 'kubernetes',
  quality: {},
  request: {
    auditID: 'x',
    stage: 'ResponseComplete',
    verb: 'create',
    requestURI: '/api/v1/x?dryRun=All&command=sh',
    user: { username: 'system:serviceaccount:shop:cart', groups: ['system:authenticated'] },
    userAgent: 'kubectl/v1',
    sourceIPs: ['203.0.113.7'],
    objectRef: { resource, name: 'web-1', namespace: 'shop', ...(subresource && { subresource }) },
    responseStatus: { code: 201 },
    annotations: { 'pod-security.kubernetes.io/enforce-policy': 'privileged:latest' },
  },
});

const bound = fieldCatalogue
  .filter(({ sources }) => sources.includes('k8s_audit'))
  .flatMap((field) => {
    const found = bindField(field.name, field.argument?.isRequired ? '/requestObject/spec' : undefined);
    return found.ok && needsBody(found.bound) ? [found.bound] : [];
  });

test('without a body they have no value', () => {
  assert.ok(bound.length > 60, String(bound.length));
  for (const { key, read } of bound)
    for (const resource of resources)
      for (const subresource of subresources) {
        const value = read(bodiless(resource, subresource));
        assert.deepEqual(Array.isArray(value) ? value : (value ?? []), [], `${key} of ${resource}`);
      }
});

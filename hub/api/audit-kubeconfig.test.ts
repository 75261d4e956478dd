// The API server's configuration holds what it needs, and a name cannot break out of its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditKubeconfig } from './audit-kubeconfig.ts';

test('address, authority and credential are in their places', () => {
  const text = auditKubeconfig({
    server: 'https://hub:7443',
    cluster: 'prod-1',
    authority: 'PEM',
    credential: 's3cret',
  });
  assert.match(text, /^ {6}server: "https:\/\/hub:7443\/v1\/audit\/prod-1"$/m);
  assert.match(text, /^ {6}token: "s3cret"$/m);
  assert.match(
    text,
    new RegExp(`certificate-authority-data: ${Buffer.from('PEM').toString('base64')}$`, 'm'),
  );
  assert.match(text, /^current-context: yagura$/m);
});

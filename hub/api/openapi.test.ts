// The document holds every endpoint, and nothing that is not JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoints } from '@yagura/contracts';
import { createOpenApi } from './openapi.ts';

interface Operation {
  operationId: string;
  security: unknown[];
  parameters?: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

const document = createOpenApi(endpoints, { version: '1.2.3' });
const paths = document['paths'] as Record<string, Record<string, Operation>>;
const operations = Object.values(paths).flatMap((path) => Object.values(path));
const operation = (id: string) => operations.find(({ operationId }) => operationId === id);

test('every endpoint is an operation at its path and method', () => {
  assert.equal(document['openapi'], '3.1.0');
  assert.deepEqual(
    operations.map(({ operationId }) => operationId).sort(),
    endpoints.map(({ id }) => id).sort(),
  );
  for (const { id, method, path } of endpoints)
    assert.equal(paths[path.replace('{+', '{')]?.[method.toLowerCase()]?.operationId, id);
});

test('parameters come from path and query', () => {
  const close = operation('closeAlert');
  assert.deepEqual(close?.parameters, [
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
  ]);
  const names = operation('listAlerts')?.parameters?.map(({ name }) => name);
  assert.ok(names?.includes('severity') && names.includes('cursor'));
});

test('answers are what the endpoint gives: JSON, a stream, or nothing', () => {
  assert.deepEqual(Object.keys(operation('getAlert')?.responses['200']?.content ?? {}), ['application/json']);
  assert.deepEqual(Object.keys(operation('watchAlerts')?.responses['200']?.content ?? {}), [
    'text/event-stream',
  ]);
  assert.ok(operation('signOut')?.responses['204']);
  assert.deepEqual(operation('signIn')?.security, []);
});

test('the document is plain JSON, and each reference in it leads somewhere', () => {
  const text = JSON.stringify(document);
  assert.deepEqual(JSON.parse(text), document);
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let target: unknown = document;
    for (const key of path.split('/')) target = (target as Record<string, unknown> | undefined)?.[key];
    assert.ok(target, path);
  }
});

// What a patch writes is found however it is put, as the API server applies it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequested } from '@yagura/contracts';
import { findField } from './catalogue.ts';
import { writtenValue } from './written-value.ts';

const asked = (requestObject: unknown, responseObject?: unknown): ApiRequested =>
  ({ kind: 'api.requested', request: { requestObject, responseObject } }) as unknown as ApiRequested;

const label = ['metadata', 'labels', 'a/b'];
const after = { metadata: { labels: { 'a/b': 'new' } } };

const cases: readonly [name: string, event: ApiRequested, value: unknown][] = [
  ['a whole object', asked(after), 'new'],
  ['left alone', asked({ metadata: {} }), undefined],
  ['taken away', asked({ metadata: { labels: { 'a/b': null } } }), null],
  ['taken away with all others', asked({ metadata: { labels: null } }), null],
  ['replaced with all others', asked({ metadata: { labels: { $patch: 'replace', c: 'd' } } }), null],
  ['an operation', asked([{ op: 'add', path: '/metadata/labels/a~1b', value: 'new' }], after), 'new'],
  ['on all labels', asked([{ op: 'add', path: '/metadata/labels', value: { 'a/b': 'new' } }]), 'new'],
  ['on the whole object', asked([{ op: 'replace', path: '', value: after }], after), 'new'],
  ['with words before the path', asked([{ op: 'add', path: 'x/metadata/labels/a~1b', value: 'new' }]), 'new'],
  [
    'moved away',
    asked([{ op: 'move', from: '/metadata/labels/a~1b', path: '/metadata/labels/c' }], {}),
    null,
  ],
  ['removed with all others', asked([{ op: 'remove', path: '/metadata/labels' }]), null],
  [
    'removed, and tested',
    asked([
      { op: 'remove', path: '/metadata/labels/a~1b' },
      { op: 'test', path: '/metadata/labels/a~1b', value: 'old' },
    ]),
    null,
  ],
  ['another label', asked([{ op: 'add', path: '/metadata/labels/a~1bc', value: 'x' }], after), undefined],
  ['no operation', asked([null, 7, { op: 'add' }, { path: 7 }], after), undefined],
];

for (const [name, event, value] of cases)
  test(`a label, ${name}`, () => {
    assert.deepEqual(writtenValue(event, ...label), value);
  });

const ofPatch = (field: string, about: object, operation: object, answer: object): unknown => {
  const event = asked([operation], answer);
  Object.assign(event.request, { verb: 'patch', objectRef: about });
  return findField(field)?.bind(undefined)(event);
};

test('where the log has no answer, what is put below is known by the operation', () => {
  const add = (path: string, value: unknown, ...keys: readonly string[]) =>
    writtenValue(asked([{ op: 'add', path, value }]), ...keys);
  assert.deepEqual(add('/subjects/-', { name: 'a' }, 'subjects'), [{ name: 'a' }]);
  assert.deepEqual(add('/spec/containers/0/image', 'a', 'spec'), { containers: [{ image: 'a' }] });
  assert.equal(add('/metadata/labels', { c: 'd' }, ...label), null);
  assert.equal(writtenValue(asked([{ op: 'copy', from: '/x', path: '/subjects/-' }]), 'subjects'), undefined);
});

test('fields of bindings, services and ephemeral containers see what a JSON patch adds', () => {
  const group = { kind: 'Group', name: 'system:unauthenticated' };
  assert.deepEqual(
    ofPatch(
      'ka.req.binding.subjects.name',
      { resource: 'clusterrolebindings' },
      { op: 'add', path: '/subjects/-', value: group },
      { subjects: [group] },
    ),
    ['system:unauthenticated'],
  );
  assert.equal(
    ofPatch(
      'ka.req.service.type',
      { resource: 'services' },
      { op: 'replace', path: '/spec/type', value: 'LoadBalancer' },
      { spec: { type: 'LoadBalancer' } },
    ),
    'LoadBalancer',
  );
  assert.deepEqual(
    ofPatch(
      'ka.req.pod.containers.image',
      { resource: 'pods', subresource: 'ephemeralcontainers' },
      { op: 'add', path: '/spec/ephemeralContainers/-', value: { image: 'evil' } },
      { spec: { containers: [{ image: 'web' }], ephemeralContainers: [{ image: 'evil' }] } },
    ),
    ['evil'],
  );
});

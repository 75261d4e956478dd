// Following a resource through what API servers do: throttling, refusals, watches that are too old, pages that expire.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InventoryRecord } from '@yagura/contracts';
import { createLogger } from '@yagura/kit';
import type { ApiClient } from '../client/api-client.ts';
import { ApiRefusal } from '../client/refusal.ts';
import type { Output } from '../output.ts';
import { pods } from '../resources/pods.ts';
import { hashOf, KeyBook } from '../state/key-book.ts';
import type { Standing } from '../state/state-file.ts';
import { followResource } from './follow-resource.ts';
import { Teller } from './teller.ts';

type Answer = (query: URLSearchParams) => ApiRefusal | readonly string[];

const refuse = (status: number, retryAfter?: string): ApiRefusal =>
  new ApiRefusal({ status, path: '/x?y', message: `refused with ${status}`, retryAfter });
const pod = (name: string, version: number, phase = 'Running') => ({
  metadata: { uid: `u-${name}`, name, namespace: 'shop', resourceVersion: String(version) },
  status: { phase },
});
const line = (type: string, object: unknown): string => `${JSON.stringify({ type, object })}\n`;
const page = (items: readonly object[], meta: object): string => JSON.stringify({ metadata: meta, items });
const noWatchList = refuse(422);

/** Gives each answer in its turn, and then nothing more until the end. */
async function follow(answers: readonly Answer[], standing?: Standing) {
  const asked: URLSearchParams[] = [];
  const told: InventoryRecord[] = [];
  const problems: (string | undefined)[] = [];
  const abort = new AbortController();
  const api: ApiClient = {
    load: { requests: 0, bytes: 0, throttled: 0 },
    async get({ path, signal }) {
      const query = new URL(path, 'https://x').searchParams;
      const answer = answers[asked.length]?.(query);
      asked.push(query);
      if (answer instanceof ApiRefusal) throw answer;
      return (async function* () {
        for (const text of answer ?? []) yield Buffer.from(text);
        if (answer === undefined) {
          abort.abort();
          signal.throwIfAborted();
        }
      })();
    },
    [Symbol.dispose]: () => {},
  };
  const output: Pick<Output, 'send'> = { send: async (record) => void told.push(record) };
  const clock = { now: () => 1000 };
  const makeStanding = () => ({
    resourceVersion: '',
    generation: 'g',
    generationSince: 1000,
    book: new KeyBook(),
  });
  const teller = new Teller({
    resource: pods,
    output: output as Output,
    clock,
    makeStanding,
    standing,
  });
  await followResource({
    ...{ api, resource: pods, teller, clock, signal: abort.signal, resendMs: 1e9 },
    log: createLogger({ name: 'test', level: 'silent' }),
    backoff: { minMs: 1, maxMs: 2 },
    onTooLarge: () => {},
    onHealth: (problem) => void problems.push(problem),
    onProgress: () => {},
    onListed: () => {},
    turns: (work) => work(),
  });
  const short = told.map((record) =>
    record.kind === 'inventory.listed'
      ? `listed ${record.objects} ${record.complete}`
      : `${record.kind} ${(record as { name: string }).name}`,
  );
  return { asked, short, problems, teller };
}

test('a server without streamed lists is read in pages; what a watch says follows', async () => {
  const { asked, short, teller } = await follow([
    () => noWatchList,
    () => [page([pod('a', 1), pod('b', 2)], { continue: 'more' })],
    (query) => {
      assert.equal(query.get('continue'), 'more');
      return [page([pod('c', 3)], { resourceVersion: '10' })];
    },
    (query) => {
      assert.equal(query.get('resourceVersion'), '10');
      return [
        line('MODIFIED', pod('a', 11)),
        line('MODIFIED', pod('b', 12, 'Failed')),
        line('DELETED', pod('c', 13)),
        line('BOOKMARK', { metadata: { resourceVersion: '20' } }),
      ];
    },
    (query) => {
      assert.equal(query.get('resourceVersion'), '20');
      return [];
    },
  ]);
  assert.equal(asked.length, 6);
  assert.deepEqual(short, [
    ...['object.observed a', 'object.observed b', 'object.observed c', 'listed 3 true'],
    ...['object.observed b', 'object.removed c', 'listed 2 true', 'listed 2 true'],
  ]);
  assert.equal(teller.resourceVersion, '20');
});

const initialEnd = (version: string): string =>
  line('BOOKMARK', {
    metadata: { resourceVersion: version, annotations: { 'k8s.io/initial-events-end': 'true' } },
  });

test('a place that is too old costs a list, and only what changed is told', async () => {
  const gone = line('ERROR', { kind: 'Status', code: 410, message: 'too old' });
  const { short, problems } = await follow([
    () => [line('ADDED', pod('a', 1)), line('ADDED', pod('b', 2)), initialEnd('5')],
    () => [gone],
    () => [line('ADDED', pod('a', 1)), line('ADDED', pod('c', 7)), initialEnd('9')],
    () => refuse(410),
    () => [line('ADDED', pod('a', 1)), line('ADDED', pod('c', 7)), initialEnd('11')],
  ]);
  assert.deepEqual(short, [
    ...['object.observed a', 'object.observed b', 'listed 2 true'],
    ...['object.observed c', 'object.removed b', 'listed 2 true', 'listed 2 true'],
  ]);
  assert.deepEqual(problems.filter(Boolean), []);
});

test('a list that breaks off says nothing of what is gone', async () => {
  const { short } = await follow([
    () => [line('ADDED', pod('a', 1)), line('ADDED', pod('b', 2)), initialEnd('5')],
    () => refuse(410),
    () => [line('ADDED', pod('a', 1)), '{"type":"ADD'],
    () => [line('ADDED', pod('a', 1)), line('ADDED', pod('b', 2)), initialEnd('9')],
  ]);
  assert.deepEqual(short, [...['object.observed a', 'object.observed b', 'listed 2 true'], 'listed 2 true']);
});

test('429 is waited out for as long as it asks; it is seen meanwhile', async () => {
  const startedAt = performance.now();
  const { problems } = await follow([() => refuse(429, '0.3'), () => [initialEnd('5')], () => []]);
  assert.ok(performance.now() - startedAt >= 290);
  assert.match(problems.find(Boolean) ?? '', /pods: .*429/);
});

test('an API server that does not know of rights yet makes no inventory partial', async () => {
  const refusals = Array.from({ length: 3 }, () => () => refuse(403));
  const { short, problems } = await follow([
    () => [line('ADDED', pod('a', 1)), initialEnd('5')],
    ...refusals,
    () => [line('MODIFIED', pod('a', 6))],
  ]);
  assert.deepEqual(short, ['object.observed a', 'listed 1 true', 'listed 1 true'], 'not for a moment only');
  assert.match(problems.find(Boolean) ?? '', /pods: .*403/);
});

test('after a restart a place that is gone costs a new generation: what the run before told since is not known', async () => {
  const book = new KeyBook();
  book.note({ uid: 'u-a', namespace: 'shop', name: 'a' }, hashOf(JSON.stringify(pods.facts(pod('a', 1)))));
  const standing = { resourceVersion: '5', generation: 'old', generationSince: 1000, book };
  const { short, teller } = await follow(
    [
      () => refuse(410),
      () => noWatchList,
      () => [page([pod('a', 1)], { resourceVersion: '10' })],
      () => [line('DELETED', pod('told-by-the-run-before', 11))],
    ],
    standing,
  );
  assert.deepEqual(short.slice(0, 3), [
    'object.observed a',
    'listed 1 true',
    'object.removed told-by-the-run-before',
  ]);
  assert.equal(teller.standing.generation, 'g');
});

// Tests of the record splitter: every form, every cut, at every chunk size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAuditBody } from './parse-audit-body.ts';
import { readAuditLines } from './read-audit-lines.ts';
import { createJsonSplitter, type JsonPiece } from './split-json.ts';

function split(text: string, chunkBytes = 7, maxRecordBytes = 10_000): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  const splitter = createJsonSplitter({ maxRecordBytes, onPiece: (piece) => pieces.push(piece) });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes));
  splitter.end();
  return pieces;
}

/** Values of the records, and the reason for what was none. */
const outcome = (pieces: readonly JsonPiece[]): unknown[] =>
  pieces.map((piece) => (piece.ok ? piece.value : piece.reason));

const records = [
  { a: 1, text: 'quote " backslash \\ newline \n brace } bracket ]' },
  { b: { items: [1, 2, { c: [] }] }, é: '櫓' },
  { kind: 'Event', list: [{ x: 1 }, { y: 2 }] },
];
const forms: Record<string, string> = {
  lines: records.map((each) => JSON.stringify(each)).join('\n'),
  'lines with CRLF and blank lines': `\r\n${records.map((each) => `${JSON.stringify(each)}\r\n\r\n`).join('')}`,
  'pretty-printed back to back': records.map((each) => JSON.stringify(each, undefined, 2)).join('\n'),
  array: JSON.stringify(records),
  'pretty array': JSON.stringify(records, undefined, 4),
  list: JSON.stringify({ kind: 'EventList', metadata: { items: [0] }, items: records }),
  'pretty list': JSON.stringify({ kind: 'EventList', items: records, after: { items: [] } }, undefined, 2),
  'no separator': records.map((each) => JSON.stringify(each)).join(''),
  'byte-order mark, record separators, NULs': `\ufeff\0\0\x1e${records.map((each) => JSON.stringify(each)).join('\n\x1e')}`,
};

for (const [name, text] of Object.entries(forms)) {
  test(`takes ${name}, whatever the chunks`, () => {
    for (const chunkBytes of [1, 2, 3, 5, 16, 64, 100_000]) {
      assert.deepEqual(outcome(split(text, chunkBytes)), records, `chunks of ${chunkBytes}`);
    }
  });
}

test('lists follow each other, and an empty one is nothing', () => {
  const list = (items: unknown[]) => JSON.stringify({ kind: 'EventList', items });
  assert.deepEqual(outcome(split([list([{ a: 1 }]), list([]), list([{ b: 2 }, { c: 3 }])].join('\n'))), [
    { a: 1 },
    { b: 2 },
    { c: 3 },
  ]);
});

test('a line cut anywhere costs itself alone', () => {
  const whole = JSON.stringify({
    kind: 'Event',
    user: { groups: ['a', 'b\\"'] },
    n: [1, { x: 'y' }],
    t: true,
  });
  const next = '{"next":1}\n{"last":2}';
  for (let end = 1; end < whole.length; end += 1) {
    const found = outcome(split(`${whole.slice(0, end)}\n${next}`, 11));
    assert.deepEqual(found, ['cut', { next: 1 }, { last: 2 }], `cut at ${end}: ${whole.slice(0, end)}`);
  }
});

test('a cut at the end of the file is told', () => {
  assert.deepEqual(outcome(split('{"a":1}\n{"b":')), [{ a: 1 }, 'cut']);
});

test('lines that are no JSON are counted one by one, with their number', () => {
  const pieces = split('{"a":1}\nhello {world}\n\n{"b":2}\nbye');
  assert.deepEqual(outcome(pieces), [{ a: 1 }, 'not-json', { b: 2 }, 'not-json']);
  assert.deepEqual(
    pieces.map((piece) => piece.line),
    [1, 2, 4, 5],
  );
});

test('records too long or too deep are skipped', () => {
  const long = JSON.stringify({ long: 'x'.repeat(20_000) });
  const deep = `{"deep":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  assert.deepEqual(outcome(split(`${long}\n{"a":1}\n${deep}\n{"b":2}`, 512)), [
    'too-long',
    { a: 1 },
    'too-deep',
    { b: 2 },
  ]);
});

test('random bytes never throw', () => {
  const alphabet = ['{', '}', '[', ']', '"', '\\', '\n', ':', ',', 'items', '"items":[', ' ', '1', '\0'];
  let seed = 7;
  for (let round = 0; round < 2000; round += 1) {
    let text = '';
    for (let length = 0; length < 40; length += 1) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      text += alphabet[(seed >> 8) % alphabet.length];
    }
    const whole = split(text, 1000);
    assert.deepEqual(split(text, 3), whole, JSON.stringify(text));
    parseAuditBody(text);
  }
});

test('a body gives its events and counts the rest', () => {
  const good = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    auditID: 'x',
    stage: 'ResponseComplete',
    verb: 'get',
  };
  const list = {
    kind: 'EventList',
    apiVersion: 'audit.k8s.io/v1',
    items: [good, { kind: 0 }, { ...good, verb: '' }],
  };
  const body = parseAuditBody(JSON.stringify(list), { cluster: 'c' });
  assert.deepEqual(
    body.events.map((event) => event.id),
    ['c/x/ResponseComplete'],
  );
  assert.deepEqual(body.skipped, { 'not-an-audit-event': 1, 'no-verb': 1 });
  assert.deepEqual(body.firstSkipped[1], { line: 1, record: 3, reason: 'no-verb' });
  assert.deepEqual(parseAuditBody('').events, []);
  assert.deepEqual(parseAuditBody('{"a" 1}').skipped, { 'not-json': 1 });
});

test('a stream is read in batches', async () => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"a":1}\n{"b"');
    yield Buffer.from(':2}\n{"c":');
  }
  const batches: JsonPiece[][] = [];
  for await (const batch of readAuditLines(chunks())) batches.push([...batch]);
  assert.deepEqual(batches.map(outcome), [[{ a: 1 }], [{ b: 2 }], ['cut']]);
});

test('where nearly all records are wanted few are looked at, and whatever stands between them is taken as ever', () => {
  const audit = (auditID: number): object => ({
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: String(auditID) },
    ...{ stage: 'ResponseComplete', verb: 'create' },
  });
  const line = (auditID: number): string => JSON.stringify(audit(auditID));
  const lines = (from: number): string =>
    Array.from({ length: 100 }, (_, index) => line(from + index)).join('\n');
  const audits = (from: number): object[] => Array.from({ length: 100 }, (_, index) => audit(from + index));
  const cases: readonly [between: string, expected: readonly unknown[]][] = [
    [`${line(1)}${line(2)}`, [audit(1), audit(2)]],
    [line(3).slice(0, -9), ['cut']],
    [`${line(4)} more`, [audit(4), 'not-json']],
    [JSON.stringify({ kind: 'EventList', items: [audit(5), audit(6)] }), [audit(5), audit(6)]],
    [JSON.stringify([audit(7), { x: 8 }]), [audit(7), { x: 8 }]],
    [JSON.stringify(audit(9), undefined, 1), [audit(9)]],
    [line(10).replace('create', '\\x'), ['not-json']],
    [`{"a":1}\n${line(11)}\r`, [{ a: 1 }, audit(11)]],
  ];
  for (const [between, expected] of cases) {
    let asked = 0;
    const pieces: JsonPiece[] = [];
    const splitter = createJsonSplitter({
      isRuledOut: () => {
        asked += 1;
        return false;
      },
      onPiece: (piece) => pieces.push(piece),
    });
    splitter.push(Buffer.from([lines(100), between, lines(200), lines(300)].join('\n')));
    splitter.end();
    assert.deepEqual(outcome(pieces), [...audits(100), ...expected, ...audits(200), ...audits(300)], between);
    assert.ok(asked < 200, `${asked} were looked at`);
  }
});

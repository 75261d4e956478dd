// What a glance tells is what the normaliser makes of the same record, however the record is mutated.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequested, GlanceField } from '@yagura/contracts';
import { createRandom } from '@yagura/kit/testing';
import { mutateRecord, sampleRecords } from '../testing/index.ts';
import { normaliseAudit } from './normalise-audit.ts';
import { RecordGlance } from './record-glance.ts';

const expected: Record<GlanceField, (event: ApiRequested) => unknown> = {
  stage: ({ request }) => request.stage,
  stageTimestamp: ({ request }) => request.stageTimestamp,
  verb: ({ request }) => request.verb,
  resource: ({ request }) => request.objectRef?.resource,
  subresource: ({ request }) => request.objectRef?.subresource,
  apiGroup: ({ request }) => request.objectRef?.apiGroup,
  namespace: ({ request }) => request.objectRef?.namespace,
  name: ({ request }) => request.objectRef?.name,
  code: ({ request }) => request.responseStatus?.code,
  user: ({ request }) => request.user?.username,
  groups: ({ request }) => request.user?.groups?.filter((group) => group !== ''),
  impersonatedUser: ({ request }) => request.impersonatedUser?.username,
  userAgent: ({ request }) => request.userAgent,
  sourceIPs: ({ request }) => request.sourceIPs?.filter((address) => address !== ''),
  requestURI: ({ request }) => request.requestURI,
  bodies: ({ request }) =>
    request.requestObject === undefined && request.responseObject === undefined ? undefined : 'some',
  kept: ({ request }) =>
    request.level === 'Metadata' || request.requestObject !== undefined ? 'yes' : undefined,
};
const fields = Object.keys(expected) as GlanceField[];

/** What is said to be there may still be too large or too deep to be kept; and what is not surely kept may be. */
const isOpen = (field: GlanceField, event: ApiRequested): boolean =>
  field === 'bodies'
    ? glance.read('bodies') === 'some' && event.quality.truncated === true
    : field === 'kept' && glance.read('kept') === undefined;

const glance = new RecordGlance();

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many fields the glance told. */
function compare(text: string): number {
  const bytes = Buffer.from(text);
  const end = glance.look(bytes.toString('latin1'), 0);
  if (end !== bytes.length || !glance.isAuditRecord()) return 0;
  const value = parse(text);
  // Nobody looks into the strings of a record that no rule wants.
  if (value === undefined && /[^ -[\]-~]/.test(text)) return 0;
  const normalised = normaliseAudit(value);
  assert.ok(normalised.ok, text);
  const told = fields.filter((field) => glance.read(field) !== null);
  for (const field of told)
    if (!isOpen(field, normalised.event))
      assert.deepEqual(glance.read(field), expected[field](normalised.event), `${field} of ${text}`);
  return told.length;
}

test('of a record as an API server writes it, everything is told', () => {
  for (const record of sampleRecords) assert.equal(compare(JSON.stringify(record)), fields.length);
});

test('of a mutated record, what is told is right', () => {
  const random = createRandom(11);
  let told = 0;
  for (let round = 0; round < 6_000; round += 1)
    told += compare(mutateRecord(random.pick(sampleRecords), random));
  assert.ok(told > 6_000, `the mutations leave too little to compare: ${told}`);
});

test('the same raw text is always read as the same value', () => {
  const random = createRandom(12);
  const known = new Map<string, unknown>();
  for (let round = 0; round < 5_000; round += 1) {
    if (
      glance.look(Buffer.from(mutateRecord(random.pick(sampleRecords), random)).toString('latin1'), 0) === -1
    )
      continue;
    for (const field of fields) {
      const key = `${field} ${glance.raw(field)}`;
      const value = glance.read(field);
      if (known.has(key)) assert.deepEqual(value, known.get(key), key);
      known.set(key, value);
    }
  }
});

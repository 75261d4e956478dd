// What happens ten times is one alert with a count, whatever the kind of rule.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { builtinRules, runRuleTests } from '../index.ts';

const times = 10;

/** The same request or process again and again, each a happening of its own. */
const tenTimes = (event: Event): readonly Event[] =>
  Array.from({ length: times }, (_, n) => {
    const time = new Date(Date.parse(event.time) + n).toISOString();
    const again = { ...event, id: `${event.id}-${n}`, time };
    if (again.kind !== 'api.requested') return again;
    const { auditID = event.id, ...request } = again.request;
    return { ...again, request: { ...request, auditID: `${auditID}-${n}`, requestReceivedTimestamp: time } };
  });

test('ten times of what each rule tells are no more alerts than one', async () => {
  const { rules } = await runRuleTests(builtinRules, { retell: tenTimes });
  const split = rules.flatMap(({ rule, cases }) =>
    cases
      .filter(({ expects, message }) => expects === 'alerts' && /^\d+ alerts instead of/.test(message ?? ''))
      .map(({ name, message }) => `${rule}: ${name}: ${message}`),
  );
  assert.deepEqual(split, []);
  const counted = rules.flatMap(({ cases }) =>
    cases.filter(({ message }) => /^count \d+0 instead of \d+/.test(message ?? '')),
  );
  assert.ok(counted.length > 100, `${counted.length} cases were counted`);
});

// What a rule of habits was shown within the hour is not parsed again, and nothing new is ever missed for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditGlance, Event, GlanceField } from '@yagura/contracts';
import { createEngine } from '../engine/engine.ts';
import { loadRules } from '../files/load-rules.ts';

const text = `- rule: new network
  source: k8s_audit
  condition: ka.verb = get and ka.source.network exists
  novelty: { by: ka.user.name, of: ka.source.network, learn: 1d, remember: 30d }
  output: o
  priority: INFO
`;

interface Seen {
  readonly user?: string;
  readonly address: string;
  readonly time: string;
  readonly cluster?: string;
}

const eventOf = ({ user = 'alice', address, time, cluster }: Seen): Event =>
  ({
    kind: 'api.requested',
    id: time,
    time,
    provider: 'kubernetes',
    quality: {},
    ...(cluster === undefined ? {} : { cluster }),
    request: { auditID: time, stage: 'x', verb: 'get', user: { username: user }, sourceIPs: [address] },
  }) as Event;

const glanceOf = ({ user = 'alice', address, time }: Seen): AuditGlance => {
  const values: Partial<Record<GlanceField, unknown>> = {
    verb: 'get',
    user,
    sourceIPs: [address],
    stageTimestamp: time,
  };
  return {
    raw: (field) => JSON.stringify(values[field]) ?? '',
    read: (field) => values[field] as ReturnType<AuditGlance['read']>,
  };
};

function engineOf(): (seen: Seen) => 'passed over' | number {
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  const engine = createEngine(rules);
  return (seen) =>
    engine.mayMatch(glanceOf(seen), seen.cluster) ? engine.evaluate(eventOf(seen)).length : 'passed over';
}

test('the same within the hour is passed over; another hour, address, user or cluster is not', () => {
  const look = engineOf();
  const first: Seen = { address: '203.0.113.7', time: '2026-05-04T10:00:00Z' };
  assert.equal(look(first), 0);
  assert.equal(look({ ...first, time: '2026-05-04T10:59:59Z' }), 'passed over');
  assert.equal(look({ ...first, address: '203.0.113.8' }), 'passed over', 'it is the same network');
  assert.equal(look({ ...first, address: '198.51.100.1' }), 0);
  assert.equal(look({ ...first, user: 'bob' }), 0);
  assert.equal(look({ ...first, cluster: 'other' }), 0);
  assert.equal(look({ ...first, time: '2026-05-04T11:00:00Z' }), 0);
});

test('what is new after the learning time fires, once, and what is seen now and then is not forgotten', () => {
  const look = engineOf();
  const days = Array.from({ length: 90 }, (_, day) => new Date(Date.UTC(2026, 4, 1 + day, 9)).toISOString());
  for (const time of days)
    for (let times = 0; times < 20; times += 1)
      assert.notEqual(look({ address: '203.0.113.7', time }), 1, time);
  const time = '2026-07-30T10:00:00Z';
  assert.equal(look({ address: '192.0.2.1', time }), 1);
  assert.equal(look({ address: '192.0.2.1', time }), 'passed over');
});

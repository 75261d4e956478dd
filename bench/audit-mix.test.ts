// The rules that come with Yagura leave nearly nothing to parse of an ordinary hour: one that asks what no look can tell costs all of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '@yagura/detection';
import { auditMix } from './audit-mix.ts';
import { auditVerdicts } from './detection-job.ts';
import { builtin } from './many-rules.ts';

for (const level of ['RequestResponse', 'Metadata'] as const)
  test(`at ${level} nearly all is ruled out by a look`, async () => {
    const engine = createEngine(await builtin());
    const { bytes } = auditMix(4_000, level);
    auditVerdicts(bytes, engine);
    const { events, ruledOut, skipped } = auditVerdicts(bytes, engine);
    assert.equal(skipped, 0);
    assert.ok(ruledOut > 0.96 * events, `${ruledOut} of ${events}`);
  });

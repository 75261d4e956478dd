// A made-up alert, to see whether a destination works.
import type { Alert } from '@yagura/contracts';
import { rfc3339FromMs } from '@yagura/kit';
import { type DestinationOptions, outgoing } from './start-destination.ts';
import type { OutgoingMessage } from './transport.ts';

export function testAlert(
  now: number,
  id: string,
  options: Pick<DestinationOptions, 'row' | 'product'>,
): OutgoingMessage {
  const time = rfc3339FromMs(now);
  const alert: Alert = {
    ...{ id: `test-${id}`, rule: 'export-test', ruleVersion: '1', title: 'Test of an export' },
    ...{ severity: 'informational', source: 'k8s_audit', count: 1, status: 'open' },
    ...{ firstSeenAt: time, lastSeenAt: time, raisedAt: time },
    message: `Somebody tests the destination ${options.row.name}. Nothing happened.`,
    ...{ tactics: [], techniques: [], entities: {}, evidence: [], event: { kind: 'export.tested' } },
    ruleSnapshot: { condition: 'never', text: '' },
  };
  return outgoing({ alert, change: 'raised', key: `test-${id}.1` }, options);
}

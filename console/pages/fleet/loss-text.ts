// What was lost on the way, in sentences.
import type { LossCounter } from '@yagura/contracts';
import { formatCount } from '../../parts/quantity.ts';
import { absoluteTime } from '../../parts/relative-time.ts';

const stageWords: Readonly<Record<string, string>> = {
  collector: 'while no collector ran',
  'ring-buffer': 'in the kernel’s ring buffer',
  loader: 'in the loader',
  decode: 'while decoding',
  'rate-limit': 'to the rate limit',
  'process-tree': 'in the process tree',
  socket: 'on the socket to the publisher',
  spool: 'in the spool',
  ingest: 'at the hub’s ingest',
};

/** `12 events of kind process.started lost in the spool since 2026-11-24 04:13:47 (the oldest went)`. */
export function lossText({ stage, kind, reason, count, since }: LossCounter): string {
  const events = `${formatCount(count)} ${count === 1 ? 'event' : 'events'}`;
  const place = stageWords[stage] ?? `at stage ${stage}`;
  const cause = reason === undefined ? '' : ` (${reason})`;
  return `${events} of kind ${kind} lost ${place} since ${absoluteTime(since)}${cause}`;
}

export const realLosses = (losses: readonly LossCounter[]): readonly LossCounter[] =>
  losses.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);

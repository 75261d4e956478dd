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

const reasonWords: Readonly<Record<string, string>> = {
  'not-json': 'not JSON',
  cut: 'the record breaks off',
  'too-long': 'the record is too long',
  'too-deep': 'nested too deeply',
  'not-an-object': 'not a JSON object',
  'not-an-audit-event': 'not an audit event',
  'no-verb': 'an audit event without a verb',
  'line-too-long': 'the line is too long',
  'file-gap': 'the file was rotated away before it was read; the count is of files',
  LINE_TOO_LONG: 'the line is too long',
  LINE_NOT_JSON: 'not JSON',
  LINE_NOT_AN_EVENT: 'not an event',
  KIND_NOT_ALLOWED: 'an agent of this role may not send it',
};

/** How a reason ends where it is known how often something was lost, and not how much. */
const times = ' (times)';

/** `12 events of kind process.started lost in the spool since 2026-11-24 04:13:47 (the oldest went)`. */
export function lossText({ stage, kind, reason, count, since }: LossCounter): string {
  if (reason?.endsWith(times)) {
    const often = count === 1 ? 'once' : `${formatCount(count)} times`;
    const why = reason.slice(0, -times.length);
    return `Events of kind ${kind} may be missing, ${often} since ${absoluteTime(since)} (${why})`;
  }
  const events = `${formatCount(count)} ${count === 1 ? 'event' : 'events'}`;
  const place = stageWords[stage] ?? `at stage ${stage}`;
  const cause = reason === undefined ? '' : ` (${reasonWords[reason] ?? reason})`;
  return `${events} of kind ${kind} lost ${place} since ${absoluteTime(since)}${cause}`;
}

export const realLosses = (losses: readonly LossCounter[]): readonly LossCounter[] =>
  losses.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);

// The event as an alert keeps it: without secrets, and no larger than a person would read.
import { type Event, isNodeEvent } from '@yagura/contracts';
import { maskCommandLines } from './mask-credentials.ts';
import { maskRequest } from './mask-request.ts';

const sizeLimit = 64 * 1024;
const longTextLimit = 256;

/** Resources whose objects are credentials, whatever the rule was about. */
const secretResources: ReadonlySet<unknown> = new Set([
  'secrets',
  'tokenreviews',
  'certificatesigningrequests',
]);

const leftOut = (why: string): string => `[left out: ${why}]`;

type Body = 'requestObject' | 'responseObject';

function withoutBodies(event: Event, bodies: readonly Body[], why: string): Event {
  if (event.kind !== 'api.requested') return event;
  const request = { ...event.request };
  for (const body of bodies)
    if (request[body] !== undefined) Object.assign(request, { [body]: leftOut(why) });
  return { ...event, request };
}

const holdsSecrets = (event: Event): boolean =>
  event.kind === 'api.requested' &&
  (secretResources.has(event.request.objectRef?.resource) ||
    event.request.objectRef?.subresource === 'token');

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

const depthLimit = 64;
/** Of one character, written as an escape. */
const longestEscape = 6;
const scalarSize = 26;

/** What is certainly left of `room` once the value is written as JSON; below zero it may not fit. */
function roomBehind(value: unknown, room: number, depth = 0): number {
  if (typeof value === 'string') return room - longestEscape * value.length - 3;
  if (typeof value !== 'object' || value === null) return room - scalarSize;
  let left = depth > depthLimit ? -1 : room - 3;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at += 1)
      left = roomBehind(value[at], left - 1, depth + 1);
    return left;
  }
  for (const key in value) {
    if (left < 0) return left;
    left -= longestEscape * key.length + 4;
    left = roomBehind((value as Record<string, unknown>)[key], left, depth + 1);
  }
  return left;
}

/** Most events are so small that writing them down, to see how long they are, would cost more than all else. */
const fits = (value: unknown): boolean => roomBehind(value, sizeLimit) >= 0 || sizeOf(value) <= sizeLimit;

/** Cuts each long text, as a last resort. */
const cutTexts = (event: Event): unknown =>
  JSON.parse(
    JSON.stringify(event, (_, value: unknown) =>
      typeof value === 'string' && value.length > longTextLimit ? `${value.slice(0, longTextLimit)}…` : value,
    ),
  );

const bare = ({ kind, id, time }: Event): unknown => ({ kind, id, time });

function withoutSecrets(event: Event): Event {
  if (isNodeEvent(event)) return maskCommandLines(event);
  return holdsSecrets(event)
    ? withoutBodies(event, ['requestObject', 'responseObject'], 'may hold credentials')
    : maskRequest(event);
}

function bounded(event: Event): unknown {
  const open = withoutSecrets(event);
  if (fits(open)) return open;
  const asked = withoutBodies(open, ['responseObject'], 'too large');
  if (sizeOf(asked) <= sizeLimit) return asked;
  const bodiless = withoutBodies(asked, ['requestObject'], 'too large');
  if (sizeOf(bodiless) <= sizeLimit) return bodiless;
  const cut = cutTexts(bodiless);
  return sizeOf(cut) <= sizeLimit ? cut : bare(event);
}

export function boundedEvent(event: Event): unknown {
  try {
    return bounded(event);
  } catch {
    // Nested too deep to be written down as JSON.
    return bare(event);
  }
}

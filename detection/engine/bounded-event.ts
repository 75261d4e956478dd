// The event as an alert keeps it: without secrets, and no larger than a person would read.
import { type Event, isNodeEvent } from '@yagura/contracts';
import { maskCommandLines } from './mask-credentials.ts';

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
    : event;
}

function bounded(event: Event): unknown {
  const open = withoutSecrets(event);
  if (sizeOf(open) <= sizeLimit) return open;
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

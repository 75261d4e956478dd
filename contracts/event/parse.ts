// The one parser from an outside value to an event.
import { Compile, type Validator } from 'typebox/compile';
import { ApiRequested } from './audit.ts';
import type { Event, EventKind } from './event.ts';
import { FileOpened } from './file.ts';
import { ProcessExited, ProcessStarted } from './process.ts';

export type ParsedEvent =
  | { readonly ok: true; readonly event: Event }
  | { readonly ok: false; readonly message: string };

const validators: Record<EventKind, Pick<Validator, 'Check' | 'Errors'>> = {
  'process.started': Compile(ProcessStarted),
  'process.exited': Compile(ProcessExited),
  'file.opened': Compile(FileOpened),
  'api.requested': Compile(ApiRequested),
};

const isKind = (value: unknown): value is EventKind =>
  typeof value === 'string' && Object.hasOwn(validators, value);

/** Checks a value against the schema that its `kind` names. Never throws; the message names the first field that is off. */
export function parseEvent(value: unknown): ParsedEvent {
  if (typeof value !== 'object' || value === null) return { ok: false, message: 'an event is a JSON object' };
  const kind = (value as { kind?: unknown }).kind;
  if (!isKind(kind))
    return { ok: false, message: `unknown event kind ${JSON.stringify(kind)?.slice(0, 64)}` };
  const validator = validators[kind];
  if (validator.Check(value)) return { ok: true, event: value as Event };
  const [first] = validator.Errors(value);
  return {
    ok: false,
    message: `${kind}${first?.instancePath ?? ''}: ${first?.message ?? 'does not fit its schema'}`,
  };
}

/** As `parseEvent`, from one NDJSON line. */
export function parseEventLine(line: string): ParsedEvent {
  try {
    return parseEvent(JSON.parse(line));
  } catch (error) {
    return { ok: false, message: `not JSON: ${(error as Error).message.slice(0, 200)}` };
  }
}

// Reads the event that an alert keeps. It may have been cut to size, so nothing in it is taken for granted.
import type { ApiRequested, OpenedFile, ProcessExited, ProcessStarted } from '@yagura/contracts';

/** The event as its contract has it, but any field of it may be missing. */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

/** `file`: what the process opened, where the event is about that. */
export type LooseProcessEvent = Loose<ProcessStarted | ProcessExited> & {
  readonly file?: Loose<OpenedFile> | undefined;
};
export type LooseAuditEvent = Loose<ApiRequested>;

export type ReadEvent =
  | { readonly kind: 'process'; readonly event: LooseProcessEvent }
  | { readonly kind: 'audit'; readonly event: LooseAuditEvent }
  | { readonly kind: 'unknown' };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export function readEvent(value: unknown): ReadEvent {
  if (!isObject(value) || typeof value['kind'] !== 'string') return { kind: 'unknown' };
  if (/^(?:process|file)\./.test(value['kind']) && isObject(value['process'])) {
    return { kind: 'process', event: value as LooseProcessEvent };
  }
  if (value['kind'] === 'api.requested' && isObject(value['request'])) {
    return { kind: 'audit', event: value as LooseAuditEvent };
  }
  return { kind: 'unknown' };
}

/** One line of text for any value of evidence. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(', ');
  if (!isObject(value)) return String(value);
  // What rules tell of several events: names and values, as one reads them.
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${asText(each)}`)
    .join('; ');
}

/** Arguments as one would type them in a shell. */
export const asCommand = (args: readonly string[]): string =>
  args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(' ');

// What a transport is: it takes messages that a format has written to one kind of place.
import type { DestinationType, ExportFormat, NewDestination, Severity } from '@yagura/contracts';
import { HubError } from '../errors.ts';
import type { Secrets } from './secret-box.ts';

export type Settings = Readonly<Record<string, string | number>>;

export interface OutgoingMessage {
  readonly key: string;
  readonly change: string;
  /** One line. */
  readonly text: string;
  readonly contentType: string;
  readonly severity: Severity;
}

export interface Sender {
  /** Resolves once the other side has all of them. Throws a DeliveryError, or the signal's reason. */
  send(messages: readonly OutgoingMessage[], signal: AbortSignal): Promise<void>;
}

export interface SenderOptions {
  readonly name: string;
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** Folder that exported files lie in. */
  readonly folder: string;
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Transport {
  readonly type: DestinationType;
  /** The first is the default. */
  readonly formats: readonly ExportFormat[];
  /** Messages that one `send` takes. */
  readonly batchSize: number;
  /** Checks a wish and parts what may be shown from what is secret. Throws REQUEST_INVALID. */
  readonly read: (wish: NewDestination) => {
    readonly target: string;
    readonly settings: Settings;
    readonly secrets: Secrets;
  };
  readonly open: (options: SenderOptions) => Sender;
}

/** A message did not arrive. `isFinal`: the other side understood and refused it; a second try would change nothing. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly isFinal: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: ErrorOptions & { readonly isFinal?: boolean; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.isFinal = options.isFinal ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Node's advice in a TLS error is about options that nobody can give to a hub. */
export const withoutAdvice = (message: string): string =>
  message.replace(/; if the root CA is installed locally.*/, ' (name its authority: --ca-file)');

/** Refuses fields that mean nothing to this transport: a misspelt wish would be half followed. */
export function refuseFields(wish: NewDestination, names: readonly (keyof NewDestination)[]): void {
  for (const name of names)
    if (wish[name] !== undefined) throw new HubError('REQUEST_INVALID', `${name}: not for ${wish.type}`);
}

export function requireField<K extends keyof NewDestination>(
  wish: NewDestination,
  name: K,
): NonNullable<NewDestination[K]> {
  const value = wish[name];
  if (value === undefined || value === null)
    throw new HubError('REQUEST_INVALID', `${name}: ${wish.type} needs it`);
  return value;
}

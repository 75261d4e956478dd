// Keeps the agent's certificate valid: registers, renews in time, and registers again when there is no other way.
import { backoffMs, type ClientTls, type Clock, closeConnections, type Logger, sleep } from '@yagura/kit';
import { AgentError } from '../errors.ts';
import { describe, type Health } from '../health.ts';
import type { HubConnection } from '../hub-client.ts';
import { type Identity, nextStep } from './identity.ts';
import type { Registrar } from './registrar.ts';

export interface KeeperOptions {
  readonly url: string;
  readonly authority: string;
  /** Of the HTTP proxy on the way to the hub. */
  readonly proxy?: string | undefined;
  /** From the last run. */
  readonly stored: Identity | undefined;
  /** Keeps it for the next run; what fails is tried again. */
  readonly save: (identity: Identity) => void | Promise<void>;
  readonly registrar: Registrar;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
  /** A first registration waits up to so long by chance, so that a thousand nodes that start together do not come together. */
  readonly spreadMs?: number;
  readonly random?: () => number;
}

const defaultBackoff = { minMs: 1000, maxMs: 60_000 };
/** A token that was refused will hardly be right a second later. */
const refusedFactor = 5;

export class IdentityKeeper {
  readonly #options: KeeperOptions;
  #identity: Identity | undefined;
  #connection: HubConnection | undefined;
  #isDistrusted = false;
  #isUnsaved = false;
  #failures = 0;
  #changed = Promise.withResolvers<void>();

  constructor(options: KeeperOptions) {
    this.#options = options;
    if (options.stored) this.#use(options.stored);
  }

  get isRegistered(): boolean {
    return this.#identity !== undefined;
  }

  /** Waits for a certificate that holds. */
  async connection(signal: AbortSignal): Promise<HubConnection> {
    for (;;) {
      signal.throwIfAborted();
      const connection = this.#connection;
      if (connection && !this.#isDistrusted && this.#step().do !== 'register') return connection;
      await this.#change(signal);
    }
  }

  /** The hub does not take this connection's certificate (any more). */
  distrust(connection: HubConnection, reason: string): void {
    if (connection !== this.#connection || this.#isDistrusted) return;
    this.#isDistrusted = true;
    this.#options.health.set('identity', `the hub does not accept the certificate: ${reason}`);
    this.#announce();
  }

  /** Until the signal fires. */
  async run(signal: AbortSignal): Promise<void> {
    const { spreadMs = 0, random = Math.random } = this.#options;
    if (!this.isRegistered) await sleep(spreadMs * random(), signal).catch(() => {});
    while (!signal.aborted) {
      const step = this.#step();
      if (step.do === 'wait') {
        if (this.#isUnsaved) await this.#save();
        const stop = new AbortController();
        await Promise.race([
          sleep(step.ms, AbortSignal.any([signal, stop.signal])).catch(() => {}),
          this.#change(signal),
        ]);
        stop.abort();
      } else await this.#obtain(step.do, signal);
    }
  }

  #step(): ReturnType<typeof nextStep> {
    return this.#isDistrusted ? { do: 'register' } : nextStep(this.#identity, this.#options.clock.now());
  }

  async #obtain(how: 'register' | 'renew', signal: AbortSignal): Promise<void> {
    const { registrar, health, log } = this.#options;
    try {
      const connection = this.#connection;
      const identity =
        how === 'renew' && connection
          ? await registrar.renew(connection, signal)
          : await registrar.register(signal);
      this.#use(identity);
      log.info(
        { agentId: identity.agentId, notAfter: new Date(identity.notAfter).toISOString(), how },
        'certificate obtained',
      );
      health.set('identity', undefined);
      await this.#save();
    } catch (error) {
      if (signal.aborted) return;
      await this.#fail(error, how, signal);
    }
  }

  /** A certificate that cannot be kept still holds: the token that it cost may be used up. */
  async #save(): Promise<void> {
    const identity = this.#identity;
    if (identity === undefined) return;
    try {
      await this.#options.save(identity);
      this.#isUnsaved = false;
      this.#options.health.set('identity-store', undefined);
    } catch (error) {
      this.#isUnsaved = true;
      this.#options.health.set('identity-store', `the certificate cannot be kept: ${describe(error)}`);
    }
  }

  async #fail(error: unknown, how: 'register' | 'renew', signal: AbortSignal): Promise<void> {
    const { health, backoff = defaultBackoff } = this.#options;
    this.#failures += 1;
    health.set('identity', describe(error));
    const isRefused = error instanceof AgentError && error.code !== 'HUB_UNUSABLE';
    // A renewal that is refused will be refused again: only a token helps now.
    if (isRefused && how === 'renew') {
      this.#isDistrusted = true;
      return;
    }
    const factor = isRefused ? refusedFactor : 1;
    const limits = { minMs: backoff.minMs * factor, maxMs: backoff.maxMs * factor };
    await sleep(backoffMs(this.#failures, limits), signal).catch(() => {});
    // What the hub refused may have been its own bad moment: a certificate that holds gets another chance.
    this.#isDistrusted = false;
    this.#announce();
  }

  #use(identity: Identity): void {
    const { url, authority, proxy } = this.#options;
    const before: ClientTls | undefined = this.#connection?.tls;
    // Both authorities: the hub may be about to change from one to the other.
    const ca = authority.includes(identity.authority.trim())
      ? authority
      : `${authority}\n${identity.authority}`;
    this.#identity = identity;
    this.#connection = {
      url,
      agentId: identity.agentId,
      tls: { ca, cert: identity.certificate, key: identity.key, ...(proxy === undefined ? {} : { proxy }) },
    };
    this.#isDistrusted = false;
    this.#failures = 0;
    this.#announce();
    // Requests under way on it fail and are sent again, which does no harm.
    if (before) closeConnections(before);
  }

  #announce(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #change(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = (): void => resolve();
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([this.#changed.promise, promise]);
    signal.removeEventListener('abort', stop);
  }
}

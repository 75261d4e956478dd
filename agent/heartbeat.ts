// How the agent is, told to the hub every few seconds; the last one counts, so that a lost one does no harm.
import type { Heartbeat } from '@yagura/contracts';
import { type Bell, type Clock, createBell, type Response, sleep } from '@yagura/kit';
import { describe, type Health } from './health.ts';
import { callHub, jsonOf, reasonOf } from './hub-client.ts';
import type { IdentityKeeper } from './identity/keeper.ts';

export interface HeartbeatOptions {
  readonly keeper: Pick<IdentityKeeper, 'connection' | 'distrust'>;
  readonly health: Health;
  readonly clock: Clock;
  readonly everyMs: number;
  /** Called for each one. */
  readonly report: () => Heartbeat;
  /** Rung when there is something to tell that should not wait for the next one. */
  readonly news?: Bell;
  readonly random?: () => number;
}

const longestMs = 300_000;
/** Between two of them, whatever there is to tell. */
const soonestMs = 1_000;
/** Of the wait: agents that an update or an outage brought into step get out of it again. */
const jitter = 0.1;
/** Certificates are dated back by five minutes: before that is used up, somebody should know. */
const toleratedSkewMs = 120_000;

/** Runs until the signal fires. */
export async function runHeartbeat(options: HeartbeatOptions, signal: AbortSignal): Promise<void> {
  const { news = createBell(), random = Math.random } = options;
  while (!signal.aborted) {
    const askedMs = await beat(options, signal).catch((error: unknown) => {
      if (!signal.aborted) options.health.set('heartbeat', describe(error));
      return undefined;
    });
    // The hub may ask for fewer, never for more than we were set up for.
    const waitMs = Math.min(longestMs, Math.max(options.everyMs, askedMs ?? 0)) * (1 + jitter * random());
    // A hub that did not take this one is not asked more often because there is more to tell.
    const quietMs = askedMs === undefined ? waitMs : Math.min(soonestMs, waitMs);
    await sleep(quietMs, signal).catch(() => {});
    if (waitMs > quietMs) await news.wait(waitMs - quietMs, signal);
  }
}

/** Resolves with how long the hub asks to wait, 0 for as long as we like; `undefined` where it says nothing sensible. */
async function beat(options: HeartbeatOptions, signal: AbortSignal): Promise<number | undefined> {
  const { keeper, health, clock } = options;
  const connection = await keeper.connection(signal);
  const call = { body: JSON.stringify(options.report()), signal, timeoutMs: 10_000 };
  const response = await callHub(connection, 'sendHeartbeat', call);
  health.set('clock', clockProblem(response, clock.now()));
  if (response.status === 401 || response.status === 403) keeper.distrust(connection, reasonOf(response));
  if (response.status >= 300) throw new Error(reasonOf(response));
  health.set('heartbeat', undefined);
  const answer = jsonOf(response);
  const nextInMs =
    typeof answer === 'object' && answer !== null && 'nextInMs' in answer ? answer.nextInMs : 0;
  return typeof nextInMs === 'number' ? nextInMs : undefined;
}

/** By the hub's Date header, in whole minutes, so that the text stays the same from one to the next. */
export function clockProblem({ headers }: Pick<Response, 'headers'>, now: number): string | undefined {
  const hubNow = Date.parse(headers.date ?? '');
  const skewMs = now - hubNow;
  if (Number.isNaN(skewMs) || Math.abs(skewMs) <= toleratedSkewMs) return undefined;
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return `this machine's clock is ${minutes} minutes ${skewMs > 0 ? 'ahead of' : 'behind'} the hub's. Set it right (NTP): certificates are judged by it`;
}

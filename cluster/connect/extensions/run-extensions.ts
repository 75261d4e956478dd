// Asks the hub what is to be installed, and sees to it: one extension at a time, again and again, whatever was before.
import {
  AgentError,
  callHub,
  describe,
  type Health,
  type IdentityKeeper,
  jsonOf,
  reasonOf,
} from '@yagura/agent';
import { type DesiredExtension, DesiredExtensions, type ExtensionReport } from '@yagura/contracts';
import type { Bell, Clock, Logger } from '@yagura/kit';
import Value from 'typebox/value';
import { ClusterError } from '../../errors.ts';
import type { Outcome } from './reconcile.ts';
import { createReportBook, type ReportBook } from './report-book.ts';

export type Reconcile = (
  desired: DesiredExtension,
  /** Called before whatever takes time. */
  tell: (now: Outcome) => Promise<void>,
  signal: AbortSignal,
) => Promise<Outcome>;

export interface ExtensionsOptions {
  readonly keeper: Pick<IdentityKeeper, 'connection'>;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly bell: Bell;
  /** Between two questions to the hub, where it does not ring. */
  readonly askMs: number;
  readonly reconcile: Reconcile;
}

/** Runs until the signal fires. */
export async function runExtensions(options: ExtensionsOptions, signal: AbortSignal): Promise<void> {
  const { health, bell, askMs, clock } = options;
  const book = createReportBook({ clock, retryMs: askMs });
  const exchange = (): Promise<DesiredExtensions> => exchangeWithHub(options.keeper, book.reports(), signal);
  while (!signal.aborted) {
    try {
      const { desired, reported } = await exchange();
      health.set('extensions', undefined);
      book.recall(reported);
      let hasNews = false;
      for (const one of desired.filter(book.isDue))
        if (await bring(one, { ...options, book, exchange }, signal)) hasNews = true;
      if (hasNews) await exchange();
    } catch (error) {
      if (signal.aborted) return;
      health.set('extensions', describe(error));
    }
    await bell.wait(askMs, signal);
  }
}

type Bringing = Pick<ExtensionsOptions, 'reconcile' | 'log'> & {
  readonly book: ReportBook;
  readonly exchange: () => Promise<unknown>;
};

/** Whether there is something to tell the hub afterwards. */
async function bring(
  desired: DesiredExtension,
  { reconcile, log, book, exchange }: Bringing,
  signal: AbortSignal,
): Promise<boolean> {
  const { name: extension, generation } = desired;
  const note = (outcome: Outcome): boolean => {
    const isNews = book.note(desired, outcome);
    const { status, message = '' } = outcome;
    const level = status === 'failed' || status === 'rolled-back' ? 'warn' : 'info';
    if (isNews) log[level]({ extension, generation, status }, message);
    return isNews;
  };
  const tell = async (now: Outcome): Promise<void> => {
    // What is done does not depend on whether somebody hears of it.
    if (note(now)) await exchange().catch(() => {});
  };
  return note(await reconcile(desired, tell, signal));
}

async function exchangeWithHub(
  keeper: ExtensionsOptions['keeper'],
  reports: readonly ExtensionReport[],
  signal: AbortSignal,
): Promise<DesiredExtensions> {
  const call = { body: JSON.stringify({ reports }), signal, timeoutMs: 15_000 };
  const response = await callHub(await keeper.connection(signal), 'exchangeExtensions', call);
  // A hub from before there were any.
  if (response.status === 404) return { desired: [], reported: [] };
  if (response.status >= 300) throw new AgentError('HUB_UNUSABLE', reasonOf(response));
  const answer = jsonOf(response);
  if (Value.Check(DesiredExtensions, answer)) return answer;
  throw new ClusterError(
    'EXTENSION_REFUSED',
    'the hub wants what this agent does not know: update the agent',
  );
}

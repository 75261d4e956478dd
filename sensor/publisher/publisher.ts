// The publisher as a whole: socket → spool → hub, with its certificate and its heartbeat beside.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AgentError,
  createHealth,
  createRegistrar,
  describe,
  IdentityKeeper,
  loadIdentity,
  runHeartbeat,
  saveIdentity,
} from '@yagura/agent';
import { type Bell, type Clock, createBell, type Logger } from '@yagura/kit';
import type { TSchema } from 'typebox';
import { type AcceptBlocksOptions, acceptBlocks } from '../wire/accept-blocks.ts';
import { createCollectorWatch, KeptRuns } from './collector-watch.ts';
import { type NodeFacts, toHeartbeat } from './heartbeat.ts';
import { openKeptJson } from './kept-json.ts';
import { createLossLedger, KeptLosses } from './loss-ledger.ts';
import type { Settings } from './settings.ts';
import { runShipper } from './ship/shipper.ts';
import { kindOfLine } from './spool/line-kind.ts';
import { Spool } from './spool/spool.ts';

export interface PublisherOptions {
  readonly settings: Settings;
  /** PEM of the hub's certificate authority. */
  readonly authority: string;
  readonly readToken: () => string | undefined;
  readonly facts: NodeFacts;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called once, when events are accepted and the node is registered. */
  readonly onReady?: () => void;
  /** Waits between tries, where the defaults do not fit. */
  readonly backoff?: { readonly minMs: number; readonly maxMs: number };
}

/** Runs until the signal fires. Throws TOKEN_MISSING, SOCKET_TAKEN or a KitError if it cannot begin at all. */
export async function runPublisher(options: PublisherOptions, signal: AbortSignal): Promise<void> {
  const { settings, clock, log, facts } = options;
  mkdirSync(settings.data, { recursive: true, mode: 0o700 });
  const news = createBell();
  const health = createHealth(log, news.ring);
  const { losses, collectors } = openAccounts(options, { health, news });
  const keeper = createKeeper(options, health);
  if (!keeper.isRegistered && options.readToken() === undefined)
    throw new AgentError('TOKEN_MISSING', 'this node is not registered and there is no registration token');
  using spool = new Spool({ folder: settings.data, limitBytes: settings.spoolLimitBytes, clock, log });
  // Events are taken before the hub is reached: they wait in the spool, not in the collector's memory.
  await using _server = await acceptBlocks({
    socketPath: settings.socket,
    mode: Number.parseInt(settings.socketMode, 8),
    log,
    ...intoSpool(spool, { collectors, losses, health }),
  });
  const backoff = options.backoff ? { backoff: options.backoff } : {};
  const common = { spool, keeper, losses, health, clock, ...backoff };
  const reporting = { ...common, collectors, facts, startedAt: clock.now() };
  await Promise.all([
    keeper.run(signal),
    keeper.connection(signal).then(options.onReady, () => {}),
    runShipper({ ...common, log, nodeName: settings.name, lingerMs: settings.lingerMs }, signal),
    runHeartbeat(
      { ...common, everyMs: settings.heartbeatMs, news, report: () => toHeartbeat(reporting) },
      signal,
    ),
  ]);
}

/** What was lost is known after a kill, too. */
function openAccounts(
  { settings, clock }: Pick<PublisherOptions, 'settings' | 'clock'>,
  { health, news }: Pick<Aids, 'health'> & { readonly news: Bell },
): Pick<Aids, 'losses' | 'collectors'> {
  const keep = <S extends TSchema>(name: string, schema: S) =>
    openKeptJson({
      path: join(settings.data, `${name}.json`),
      schema,
      onWritten: (error) =>
        health.set(name, error === undefined ? undefined : `cannot be kept: ${describe(error)}`),
    });
  return {
    losses: createLossLedger(clock, keep('losses', KeptLosses)),
    collectors: createCollectorWatch({ clock, keep: keep('reports', KeptRuns), onNews: news.ring }),
  };
}

type Aids = {
  readonly collectors: ReturnType<typeof createCollectorWatch>;
  readonly losses: ReturnType<typeof createLossLedger>;
  readonly health: ReturnType<typeof createHealth>;
};

function intoSpool(
  spool: Spool,
  { collectors, losses, health }: Aids,
): Pick<AcceptBlocksOptions, 'onBlock' | 'onRefused'> {
  return {
    onBlock(lines, { id }) {
      const events = lines.filter((line) => !collectors.take(line, kindOfLine(line)));
      if (events.length === 0) return;
      try {
        spool.store(events, id);
        health.set('spool', undefined);
      } catch (error) {
        health.set('spool', describe(error));
        throw error;
      }
    },
    onRefused: (reason, count) => losses.add({ stage: 'socket', kind: 'unknown', reason, count }),
  };
}

function createKeeper(options: PublisherOptions, health: ReturnType<typeof createHealth>): IdentityKeeper {
  const { settings, authority, readToken, clock, log } = options;
  const owner = { workspace: settings.workspace, name: settings.name };
  const url = settings.hub;
  const registrar = createRegistrar({
    ...{ url, authority, owner, readToken, clock, proxy: settings.proxy },
    role: 'node',
    cluster: settings.cluster,
  });
  const path = join(settings.data, 'identity.json');
  const backoff = options.backoff ? { backoff: options.backoff } : {};
  return new IdentityKeeper({
    ...{ url, authority, registrar, health, clock, log, ...backoff, proxy: settings.proxy },
    spreadMs: settings.registrationSpreadMs ?? 0,
    stored: loadIdentity(path, owner),
    save: (identity) => saveIdentity(path, identity),
  });
}

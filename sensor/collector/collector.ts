// Puts the parts together and runs them until the signal fires or the loader cannot start.
import type { CollectorReport } from '@yagura/contracts';
import type { Clock, Logger } from '@yagura/kit';
import { rfc3339FromMs } from '@yagura/kit';
import { type Probe, probes } from '../probes/probes.ts';
import type { ContainerRef } from './container-id.ts';
import { Emitter } from './emitter.ts';
import { createCriSource } from './facts/cri.ts';
import { createDockerSource } from './facts/docker-state.ts';
import { createFactBook, type FactBook } from './facts/fact-book.ts';
import { createBundleSource } from './facts/oci-bundle.ts';
import { createRuncStates, type RuncStates } from './facts/runc-state.ts';
import { controlKind, type Frame } from './kernel/frames.ts';
import { runLoader } from './kernel/loader.ts';
import type { LoaderFailure } from './kernel/loader-failure.ts';
import { type LoaderReport, parseLoaderReport } from './kernel/loader-report.ts';
import type { LossLedger } from './losses.ts';
import type { Output } from './output/output.ts';
import { createPipeJoiner } from './pipe-joiner.ts';
import { createPipeline } from './pipeline.ts';
import { seedFromProc } from './proc-seed.ts';
import { ProcessTree } from './process-tree.ts';
import { createReport, type Resources } from './report.ts';
import { loaderScopeFlags, parseScope } from './scope.ts';
import type { Settings } from './settings.ts';
import { createWallClock } from './wall-clock.ts';
import { loaderWatchFlags } from './watched-files.ts';

export interface CollectorOptions {
  readonly settings: Settings;
  readonly node: string;
  readonly bootId: string;
  readonly version: string;
  /** The loader and the folder with the objects. */
  readonly binaries: { readonly loader: string; readonly objects: string };
  readonly procFolder: string;
  readonly output: Output;
  readonly losses: LossLedger;
  readonly clock: Clock;
  readonly resources: () => Resources;
  readonly log: Pick<Logger, 'info' | 'warn' | 'debug'>;
  /** Called each time the probes are attached. */
  readonly onReady: () => void;
}

const probesFor = ({ fileOpens }: Settings): readonly Probe[] =>
  probes.filter(({ eventKind }) => fileOpens || eventKind !== 'file.opened');

/** Together some 40 MiB at the most, of the 296 MiB that a collector may use. */
const limits = {
  tree: { entries: 32_768, bytes: 32 * 1024 * 1024 },
  pipes: 8192,
  containers: 2048,
  waiting: 20_000,
};

export async function runCollector(
  options: CollectorOptions,
  signal: AbortSignal,
): Promise<LoaderFailure | undefined> {
  const { settings, losses, log, output } = options;
  const now = (): number => options.clock.now();
  const scope = parseScope(settings.scope);
  using cri = createCriSource(settings.criSocket);
  const runc = createRuncStates(settings.runcRoot, now);
  const facts = createFactBook({
    sources: [cri, createBundleSource(), createDockerSource(), runc],
    limit: limits.containers,
    now,
    onError: (source, message) => log.warn({ source, message }, 'container facts cannot be read'),
  });
  const emitter = new Emitter({
    facts,
    losses,
    waitMs: settings.factsWaitMs,
    limit: limits.waiting,
    send: (line, kind) => output.send(line, kind),
  });
  const session = new Session(options, { emitter, runc, facts });
  const timer = setInterval(() => session.report(), settings.reportEveryMs);
  const failure = await runLoader(
    {
      path: options.binaries.loader,
      args: [
        ...['--objects', options.binaries.objects, '--ring-bytes', String(settings.ringBytes)],
        ...probesFor(settings).flatMap(({ id }) => ['--probe', id]),
        ...loaderWatchFlags(settings.watchFiles),
        ...loaderScopeFlags(scope, `${options.procFolder}/self/mountinfo`),
      ],
      onFrame: (frame) => session.take(frame),
      losses,
      log,
    },
    signal,
  );
  clearInterval(timer);
  await emitter.flush();
  session.report({ ending: true });
  log.info({ events: emitter.sent, withoutFacts: emitter.withoutFacts, losses: losses.list() }, 'ended');
  return failure;
}

interface Sources {
  readonly emitter: Emitter;
  readonly runc: RuncStates;
  readonly facts: FactBook;
}

/** What lives as long as the collector and sees each frame. */
class Session {
  readonly #options: CollectorOptions;
  readonly #emitter: Emitter;
  readonly #facts: FactBook;
  readonly #clock = createWallClock(0n, 0n);
  readonly #tree = new ProcessTree(limits.tree);
  readonly #startedAt: string;
  readonly #pipeline: (frame: Frame) => void;
  #loader: LoaderReport | undefined;

  constructor(options: CollectorOptions, { emitter, runc, facts }: Sources) {
    this.#options = options;
    this.#facts = facts;
    this.#emitter = emitter;
    this.#startedAt = rfc3339FromMs(options.clock.now());
    const { settings, node, bootId, losses } = options;
    this.#pipeline = createPipeline({
      probes,
      scope: parseScope(settings.scope),
      context: {
        bootId,
        node,
        clock: this.#clock,
        ...(settings.cluster === undefined ? {} : { cluster: settings.cluster }),
      },
      tree: this.#tree,
      pipes: createPipeJoiner(limits.pipes),
      losses,
      emitter,
      ownerOfCgroup: (path) => runc.findByCgroup(path),
    });
  }

  take(frame: Frame): void {
    if (frame.kind !== controlKind) {
      this.#pipeline(frame);
      return;
    }
    const report = parseLoaderReport(frame.payload);
    if (report) this.#takeReport(report);
    else this.#options.losses.add({ stage: 'decode', kind: 'unknown', reason: 'report of the loader' }, 1);
  }

  #takeReport(report: LoaderReport): void {
    const { losses, log } = this.#options;
    this.#clock.set(BigInt(report.bootNs), BigInt(report.wallNs));
    if (report.type === 'ready') {
      losses.restart('loader');
      const { seeded, containers } = seedFromProc(this.#tree, this.#options.procFolder);
      void this.#learn(containers);
      log.info({ seeded }, 'probes attached');
      this.#options.onReady();
    }
    this.#loader = report.type === 'stopped' ? undefined : report;
    // At once: what is killed before its first word is not missed.
    if (report.type === 'ready') this.report();
    for (const { id, recordKind, eventKind: kind } of probes) {
      const skipped = { stage: 'ring-buffer', kind, reason: 'program was running already' } as const;
      const withheld = { stage: 'rate-limit', kind, reason: 'too many of one container' } as const;
      losses.set({ stage: 'ring-buffer', kind }, 'loader', report.lost[recordKind] ?? 0);
      losses.set(skipped, 'loader', report.skipped[id] ?? 0);
      losses.set(withheld, 'loader', report.withheld[recordKind] ?? 0);
    }
  }

  /** The first event of a container that runs already need not wait for its facts; one at a time, as there may be many. */
  async #learn(containers: readonly ContainerRef[]): Promise<void> {
    for (const container of containers.slice(0, limits.containers)) await this.#facts.ask(container);
  }

  report(how: Pick<CollectorReport, 'ending'> = {}): void {
    const { losses, clock, version, resources, output } = this.#options;
    losses.set({ stage: 'process-tree', kind: 'unknown', reason: 'evicted' }, 'tree', this.#tree.evicted);
    const report = createReport({
      time: rfc3339FromMs(clock.now()),
      startedAt: this.#startedAt,
      version,
      loader: this.#loader,
      own: resources(),
      eventsTotal: this.#emitter.sent,
      losses,
    });
    output.sendReport(JSON.stringify({ ...report, ...how }));
  }
}

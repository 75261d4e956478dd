// What the connect agent says about itself and its cluster with each heartbeat.
import type { Health } from '@yagura/agent';
import type { ClusterReport, Heartbeat } from '@yagura/contracts';
import { type Clock, rfc3339FromMs, sleep } from '@yagura/kit';
import type { ApiServer } from './api-server.ts';

export interface ProcessFacts {
  readonly version: string;
  /** Of this process. */
  readonly resources: () => { readonly rssBytes: number; readonly cpuMs: number };
}

export interface ReportOptions {
  readonly apiServer: Pick<ApiServer, 'call'>;
  readonly roles: readonly string[];
  readonly health: Health;
  readonly facts: ProcessFacts;
  readonly clock: Clock;
}

export interface Reporter {
  report(): Heartbeat;
  /** Asks the API server for its version now and then, until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
}

const askMs = 60_000;
const failedMs = 5_000;

export function createReporter({ apiServer, roles, health, facts, clock }: ReportOptions): Reporter {
  const startedAt = rfc3339FromMs(clock.now());
  let cluster: ClusterReport = { roles: [...roles] };
  const ask = async (): Promise<number> => {
    try {
      const { gitVersion } = (await apiServer.call({ method: 'GET', path: '/version' })) as {
        readonly gitVersion?: unknown;
      };
      if (typeof gitVersion === 'string')
        cluster = { ...cluster, kubernetesVersion: gitVersion.slice(0, 64) };
      health.set('api-server', undefined);
      return askMs;
    } catch (error) {
      health.set('api-server', (error as Error).message);
      return failedMs;
    }
  };
  return {
    report: () => ({
      time: rfc3339FromMs(clock.now()),
      components: [
        { name: 'connect', version: facts.version, startedAt, ...health.report(), ...facts.resources() },
      ],
      losses: [],
      cluster,
    }),
    async run(signal) {
      while (!signal.aborted) await sleep(await ask(), signal).catch(() => {});
    },
  };
}

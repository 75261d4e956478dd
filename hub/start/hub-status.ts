// Reads how the hub is, from those of its parts that know.
import type { HubStatus } from '@yagura/contracts';
import { type Clock, rfc3339FromMs } from '@yagura/kit';
import type { StatusSource } from '../api/status-source.ts';
import type { EventLog } from '../event-log/event-log.ts';
import type { PipelineStatus } from '../pipeline/pipeline-status.ts';
import { createConditions, type Finding } from './conditions.ts';

export interface HubStatusOptions {
  readonly version: string;
  readonly workspace: string;
  readonly clock: Clock;
  readonly pingDatabase: () => Promise<void>;
  readonly eventLog: Pick<EventLog, 'stats'>;
  readonly pipeline: () => PipelineStatus;
  /** One line per rule that did not load. */
  readonly ruleProblems: () => readonly string[];
  /** How the destinations of alerts are. */
  readonly exports: () => Finding;
  /** Whether the audit logs of clusters still come. */
  readonly auditLogs: () => Promise<Finding>;
}

/** Without these no event is taken or analysed; a broken rule costs only itself. */
const vital: readonly string[] = ['database', 'event-log', 'pipeline'];
const pingMs = 2_000;
/** Beyond it the log refuses soon, and nodes begin to keep their events. */
const fullShare = 0.95;

export function createHubStatus(options: HubStatusOptions): StatusSource {
  const { clock, eventLog } = options;
  const startedAt = rfc3339FromMs(clock.now());
  const conditions = createConditions(clock);
  const look = async () => {
    const findings = [await databaseFinding(options.pingDatabase), eventLogFinding(eventLog)];
    findings.push(
      pipelineFinding(options.pipeline()),
      ruleFinding(options.ruleProblems()),
      options.exports(),
    );
    // Without a database nobody knows.
    if (findings[0]?.healthy) findings.push(await options.auditLogs());
    return findings.map((finding) => conditions.observe(finding));
  };
  return {
    async read(): Promise<HubStatus> {
      const stats = eventLog.stats();
      const { eventsTotal, alertsTotal, lagMs, pendingEvents } = options.pipeline();
      return {
        version: options.version,
        startedAt,
        workspace: options.workspace,
        conditions: await look(),
        eventLog: {
          bytes: stats.bytes,
          limitBytes: stats.limitBytes,
          pendingEvents,
          dropped: Object.values(stats.dropped).reduce((sum, count) => sum + count, 0),
        },
        pipeline: { eventsTotal, alertsTotal, lagMs: Math.round(lagMs) },
      };
    },
    async failing() {
      const all = await look();
      return all.filter(({ name, healthy }) => !healthy && vital.includes(name)).map(({ name }) => name);
    },
  };
}

async function databaseFinding(ping: () => Promise<void>): Promise<Finding> {
  const name = 'database';
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${pingMs} ms`)), pingMs);
  try {
    await Promise.race([ping(), late]);
    return { name, healthy: true };
  } catch (error) {
    return { name, healthy: false, message: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}

function eventLogFinding(eventLog: Pick<EventLog, 'stats'>): Finding {
  const name = 'event-log';
  try {
    const { bytes, limitBytes, lines } = eventLog.stats();
    if (bytes < limitBytes * fullShare) return { name, healthy: true };
    return { name, healthy: false, message: `full: ${lines} events wait for detection; nodes keep theirs` };
  } catch (error) {
    return { name, healthy: false, message: (error as Error).message };
  }
}

const pipelineFinding = ({ healthy, message }: PipelineStatus): Finding => ({
  name: 'pipeline',
  healthy,
  message,
});

const shownProblems = 5;

function ruleFinding(problems: readonly string[]): Finding {
  if (problems.length === 0) return { name: 'rules', healthy: true };
  const rest = problems.length - shownProblems;
  const message = `${problems.slice(0, shownProblems).join('\n')}${rest > 0 ? `\nand ${rest} more` : ''}`;
  return { name: 'rules', healthy: false, message };
}

// What is measured of detection: from bytes to a verdict, and its limit, JSON.parse of the same bytes.
import { createJsonSplitter, normaliseAudit } from '@yagura/connector-kubernetes';
import { parseEventLine } from '@yagura/contracts';
import {
  createAlertCollector,
  createEngine,
  type Engine,
  type LoadedRule,
  type Match,
} from '@yagura/detection';
import { eachLine, type Lines } from './lines.ts';
import type { Job } from './rate.ts';

/** As large as `yagura analyze` reads. */
const chunkBytes = 256 * 1024;

export const parseJob = (lines: Lines): Job => ({
  run: () => {
    let sum = 0;
    eachLine(lines, (line) => {
      // Kept, so that the parse is not optimised away.
      if (JSON.parse(line) !== null) sum += 1;
    });
    return sum;
  },
});

export function verdictJob(lines: Lines, rules: readonly LoadedRule[], expectAlerts: boolean): Job {
  const engine = createEngine(rules);
  return {
    run: () => {
      let events = 0;
      let alerts = 0;
      eachLine(lines, (line) => {
        const parsed = parseEventLine(line);
        if (!parsed.ok) throw new Error(`the bench made a bad event: ${parsed.message}`);
        events += 1;
        alerts += engine.evaluate(parsed.event).length;
      });
      if (alerts > 0 !== expectAlerts) throw new Error(`${alerts} alerts, which the bench did not expect`);
      return events;
    },
  };
}

export interface AuditVerdicts {
  readonly events: number;
  readonly alerts: number;
  /** Events that a glance ruled out. */
  readonly ruledOut: number;
  readonly skipped: number;
}

/** The way of `yagura analyze`, from the splitter to the matches. */
export function auditVerdicts(
  bytes: Buffer,
  engine: Engine,
  onMatch: (match: Match) => void = () => undefined,
): AuditVerdicts {
  const found = { events: 0, alerts: 0, ruledOut: 0, skipped: 0 };
  const splitter = createJsonSplitter({
    isRuledOut: (glance) => {
      if (engine.mayMatch(glance)) return false;
      found.ruledOut += 1;
      found.events += 1;
      return true;
    },
    onPiece: (piece) => {
      const parsed = piece.ok ? normaliseAudit(piece.value) : piece;
      if (!parsed.ok) {
        found.skipped += 1;
        return;
      }
      found.events += 1;
      for (const match of engine.evaluate(parsed.event)) {
        found.alerts += 1;
        onMatch(match);
      }
    },
  });
  for (let start = 0; start < bytes.length; start += chunkBytes)
    splitter.push(bytes.subarray(start, start + chunkBytes));
  splitter.end();
  return found;
}

export interface AuditJob extends Job {
  /** Of the last run. */
  readonly verdicts: () => AuditVerdicts | undefined;
}

export function auditJob(lines: Lines, rules: readonly LoadedRule[]): AuditJob {
  const engine = createEngine(rules);
  let verdicts: AuditVerdicts | undefined;
  return {
    run: () => {
      const collector = createAlertCollector();
      verdicts = auditVerdicts(lines.bytes, engine, (match) => collector.add(match));
      if (verdicts.events !== lines.count) throw new Error(`${verdicts.skipped} records could not be read`);
      return verdicts.events;
    },
    verdicts: () => verdicts,
  };
}

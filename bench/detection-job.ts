// What is measured of detection: from NDJSON bytes to a verdict, and its limit, JSON.parse of the same bytes.
import { parseEventLine } from '@yagura/contracts';
import { createEngine, type LoadedRule } from '@yagura/detection';
import { eachLine, type Lines } from './lines.ts';
import type { Job } from './rate.ts';

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

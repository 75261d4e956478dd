// Runs the scenarios one after another and waits for each expected alert, from the kernel's event to the hub's API.
import type { AlertSummary } from '@yagura/contracts';
import { AlertInbox, type ArrivedAlert } from './alert-inbox.ts';
import { SimulationContainer, type Tools } from './container.ts';
import { LoopbackListeners } from './listeners.ts';
import type { Scenario } from './scenario.ts';

export interface SimulationOptions {
  readonly scenarios: readonly Scenario[];
  readonly tools: Tools;
  /** The latest alerts that the hub's API knows. */
  readonly list: () => Promise<readonly AlertSummary[]>;
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onResult: (result: ScenarioResult) => void;
}

export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly arrived: readonly ArrivedAlert[];
  readonly missing: readonly string[];
}

export interface SimulationReport {
  readonly container: string;
  readonly results: readonly ScenarioResult[];
  readonly medianLatencyMs: number | undefined;
}

export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  await using listeners = await LoopbackListeners.open();
  await using container = await SimulationContainer.start(options.tools, options.scenarios);
  const inbox = new AlertInbox({ container: container.id, list: options.list, now: options.now });
  const results: ScenarioResult[] = [];
  for (const scenario of options.scenarios) {
    const deadline = options.now() + options.timeoutMs;
    await container.exec(scenario.command(listeners));
    const arrived = await inbox.waitFor(scenario.expects, deadline);
    const result = {
      scenario: scenario.id,
      title: scenario.title,
      arrived,
      missing: scenario.expects.filter((rule) => !arrived.some((alert) => alert.rule === rule)),
    };
    options.onResult(result);
    results.push(result);
  }
  const latencies = results.flatMap(({ arrived }) => arrived.map(({ latencyMs }) => latencyMs));
  return { container: container.id, results, medianLatencyMs: median(latencies) };
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

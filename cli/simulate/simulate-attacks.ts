// `yagura simulate`: runs the scenarios against the hub that is named, and tells what arrived.
import { listAlerts } from '@yagura/contracts';
import { CliError } from '../errors.ts';
import { createHubClient } from '../hub-client/hub-client.ts';
import type { HubOptions } from '../hub-client/hub-options.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { type Paint, paintFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { findTools } from './find-tools.ts';
import { type ScenarioResult, type SimulationReport, simulate } from './run.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';

export interface SimulateOptions extends HubOptions {
  readonly scenario?: readonly string[];
  readonly timeout: string;
  readonly json?: boolean;
}

/** Nothing new is to be seen that long before the simulation began, whatever the clocks of hub and client say. */
const clockSlackMs = 60_000;
const missingExitCode = 2;

export async function simulateAttacks(options: SimulateOptions, terminal: Terminal): Promise<void> {
  const chosen = choose(options.scenario);
  if (!terminal.isRoot) throw new CliError('ROOT_NEEDED', 'a container of its own takes root');
  const tools = await findTools(terminal.env['PATH']);
  const client = createHubClient(await locateHub(options, terminal), terminal.signal);
  const since = new Date(terminal.now() - clockSlackMs).toISOString();
  const paint = paintFor(terminal.hasOutputColours);
  const report = await simulate({
    scenarios: chosen,
    tools,
    list: async () => (await client.call(listAlerts, { query: { since, limit: 500 } })).items,
    timeoutMs: secondsOf(options.timeout) * 1000,
    now: terminal.now,
    onResult: (result) => {
      if (!options.json) void terminal.print(lineOf(result, paint));
    },
  });
  await terminal.print(options.json ? `${JSON.stringify(report)}\n` : summaryOf(report, client.url));
  if (report.results.some(({ missing }) => missing.length > 0)) terminal.setExitCode(missingExitCode);
}

function choose(names: readonly string[] | undefined): readonly Scenario[] {
  if (names === undefined || names.length === 0) return scenarios;
  return names.map((name) => {
    const scenario = scenarios.find(({ id }) => id === name);
    if (scenario) return scenario;
    const known = scenarios.map(({ id }) => id).join(', ');
    throw new CliError('OPTION_INVALID', `no scenario ${name}`, { mend: `There are: ${known}` });
  });
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 600) return seconds;
  throw new CliError('OPTION_INVALID', `--timeout ${text} is not a number of seconds up to 600`);
}

function lineOf({ title, arrived, missing }: ScenarioResult, paint: Paint): string {
  const came = arrived.map(({ rule, latencyMs }) => `${rule} after ${Math.round(latencyMs)} ms`);
  const absent = missing.map((rule) => paint('red', `${rule} did not arrive`));
  const mark = missing.length === 0 ? paint('green', '✔') : paint('red', '✘');
  return `${mark} ${title}\n    ${[...came, ...absent].join(', ')}\n`;
}

function summaryOf({ results, medianLatencyMs, container }: SimulationReport, url: string): string {
  const passed = results.filter(({ missing }) => missing.length === 0).length;
  const latency =
    medianLatencyMs === undefined ? '' : `; median from kernel to API ${Math.round(medianLatencyMs)} ms`;
  const hint = `The container was ${container.slice(0, 12)}; its alerts are at ${url}/alerts\n`;
  const doctor =
    'Alerts are missing: `yagura doctor` tells what the sensor lacks, and the nodes page what it lost.\n';
  return `\n${passed} of ${results.length} scenarios raised their alerts${latency}\n${hint}${passed < results.length ? doctor : ''}`;
}

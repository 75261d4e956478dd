// What `start` tells its user once everything runs.
import { join } from 'node:path';
import { type Paint, paintFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { dataFolder } from './data-folder.ts';
import { consoleFolder, type HubReady } from './programs.ts';
import type { Reason } from './recent-lines.ts';

export interface Standing {
  readonly data: string;
  readonly hub: HubReady;
  /** `off`: not wanted; a reason: it cannot work here; `starting`: it takes longer than is waited for. */
  readonly sensor: 'running' | 'starting' | 'off' | Reason;
}

export function announcement(standing: Standing, terminal: Terminal): string {
  const paint = paintFor(terminal.hasOutputColours);
  const { data, hub } = standing;
  const row = (name: string, text: string): string => `  ${paint('bold', name.padEnd(9))} ${text}`;
  const command = (words: string): string => commandLine(words, data, terminal);
  return [
    '',
    row('hub', `${hub.apiUrl} (console and API), ${hub.agentsUrl} (nodes and clusters)`),
    ...sensorRows(standing.sensor, row, paint),
    row('data', data),
    row('logs', join(data, 'logs')),
    ...(consoleFolder() === undefined
      ? [row('console', 'its pages are not built: run "npm run build:console" and start again')]
      : []),
    '',
    ...(hub.signInUrl === undefined
      ? ['  Sign in with an API token.']
      : ['  Sign in with this link, which works once:', '', `    ${paint(['bold', 'cyan'], hub.signInUrl)}`]),
    '',
    `  Next: \`${command('simulate')}\` runs harmless attacks, \`${command('alerts watch')}\` shows alerts. Ctrl-C ends everything.`,
    '',
    '',
  ].join('\n');
}

/** As it can be typed: `npm start` puts no `yagura` on the path, and other commands look for the usual data folder. */
function commandLine(words: string, data: string, terminal: Terminal): string {
  const program = terminal.env['npm_lifecycle_event'] === undefined ? 'yagura' : 'npx yagura';
  const folder = data === dataFolder(undefined, terminal) ? '' : ` --data ${data}`;
  return `${program} ${words}${folder}`;
}

function sensorRows(
  sensor: Standing['sensor'],
  row: (name: string, text: string) => string,
  paint: Paint,
): readonly string[] {
  switch (sensor) {
    case 'running':
      return [row('sensor', 'watches this machine')];
    case 'starting':
      return [row('sensor', 'is still starting')];
    case 'off':
      return [row('sensor', 'off (--no-sensor)')];
    default:
      return [
        row('sensor', paint('yellow', `cannot run here: ${sensor.message}`)),
        ...(sensor.mend === undefined ? [] : [row('', sensor.mend)]),
      ];
  }
}

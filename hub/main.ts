// Starts the hub.
import { once } from 'node:events';
import process from 'node:process';
import { configHelp, readConfig, runMain, systemClock } from '@yagura/kit';
import { startHub } from './app.ts';
import { HubConfig } from './config.ts';

const prefix = 'YAGURA_';

const help = `Usage: node hub/main.ts [flags]

The back end: takes events from nodes and clusters, runs the rules on them, keeps alerts, serves API and console.

${configHelp(HubConfig, prefix)}
  --config        file of these settings, YAML, with names such as closedAlertDays
  --log-level     trace, debug, info, warn or error [default "info"; YAGURA_LOG_LEVEL]`;

await runMain(
  'hub',
  async ({ signal, flags, env, log, notify }) => {
    const { config: file, ...settings } = flags;
    const config = readConfig({
      schema: HubConfig,
      flags: settings,
      env: { YAGURA_DATABASE_URL: env['DATABASE_URL'], ...env },
      prefix,
      file: typeof file === 'string' ? file : undefined,
    });
    const isRoot = process.getuid?.() === 0;
    await using hub = await startHub({ config, clock: systemClock, log, isRoot, signal });
    process.on('SIGHUP', () => hub.reloadRules());
    const { apiUrl, agentsUrl, signInUrl } = hub.ready;
    log.info({ apiUrl, agentsUrl }, 'the hub is ready');
    if (!notify({ type: 'ready', ...hub.ready })) process.stdout.write(`${signInUrl}\n`);
    if (!signal.aborted) await once(signal, 'abort');
    log.info('the hub stops');
  },
  { help },
);

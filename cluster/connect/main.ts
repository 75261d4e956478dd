// The connect agent's process: reads its settings, and runs until it is told to end.
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { checkContact, readAuthority } from '@yagura/agent';
import { configHelp, readConfig, runMain, systemClock } from '@yagura/kit';
import { ClusterError } from '../errors.ts';
import { version } from '../version.ts';
import { runConnect } from './agent.ts';
import { environmentPrefix, Settings, tokenVariable } from './settings.ts';

const help = `Connects this cluster to a hub: one connection outwards, in which the hub's requests reach the API server.

Usage: node cluster/connect/main.ts --hub URL --authority FILE --workspace ID --cluster NAME --identity-secret NS/NAME

  --check                  only tries to reach the hub, and says what fails
  --config FILE            YAML file with the same settings, in camelCase
${configHelp(Settings, environmentPrefix)}
  --log-level LEVEL        trace, debug, info, warn or error [default info; YAGURA_LOG_LEVEL]

The registration token comes from ${tokenVariable} or --token-file; it is needed once, and again
only when the certificate has run out.`;

const resources = () => {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuMs: Math.round((user + system) / 1000) };
};

type Environment = Readonly<Record<string, string | undefined>>;

/** As Kubernetes tells every pod. */
function apiServerOf({
  KUBERNETES_SERVICE_HOST: host,
  KUBERNETES_SERVICE_PORT: port = '443',
}: Environment): string {
  if (host === undefined) throw new ClusterError('API_SERVER_UNKNOWN', 'KUBERNETES_SERVICE_HOST is not set');
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

await runMain(
  'connect',
  async ({ signal, flags: { config: file, check, ...flags }, env, log, notify }) => {
    const settings = readConfig({
      schema: Settings,
      flags,
      env,
      prefix: environmentPrefix,
      file: typeof file === 'string' ? file : undefined,
    });
    const { tokenFile, proxy = env['HTTPS_PROXY'] ?? env['https_proxy'] } = settings;
    if (check === true) {
      await checkContact({ hub: settings.hub, authority: readAuthority(settings.authority), proxy }, signal);
      log.info({ hub: settings.hub }, 'the hub answers, and is the one of this authority');
      return;
    }
    const readToken = () =>
      (tokenFile === undefined
        ? env[tokenVariable]
        : existsSync(tokenFile) && readFileSync(tokenFile, 'utf8').trim()) || undefined;
    const apiServer = settings.apiServer ?? apiServerOf(env);
    log.info(
      { hub: settings.hub, cluster: settings.cluster, roles: settings.roles, proxy: proxy !== undefined },
      'starting',
    );
    notify({ type: 'ready' });
    await runConnect(
      {
        settings: { ...settings, apiServer, ...(proxy ? { proxy } : {}) },
        authority: readAuthority(settings.authority),
        readToken,
        facts: { version, resources },
        temporaryFolder: join(settings.data ?? tmpdir(), 'extensions'),
        clock: systemClock,
        log,
      },
      signal,
    );
  },
  { help },
);

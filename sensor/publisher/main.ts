// The publisher's process: reads its settings, and runs until it is told to end.
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import process from 'node:process';
import { checkContact, readAuthority } from '@yagura/agent';
import { configHelp, readConfig, runMain, systemClock } from '@yagura/kit';
import { version } from '../version.ts';
import { type PublisherOptions, runPublisher } from './publisher.ts';
import { environmentPrefix, Settings, tokenVariable } from './settings.ts';

const help = `Takes events from the collector on this node and brings them to the hub.

Usage: node sensor/publisher/main.ts --hub URL --authority FILE --workspace ID --data DIR --socket PATH --name NODE

  --check                  only tries to reach the hub, and says what fails
  --config FILE            YAML file with the same settings, in camelCase
${configHelp(Settings, environmentPrefix)}
  --log-level LEVEL        trace, debug, info, warn or error [default info; YAGURA_LOG_LEVEL]

The registration token comes from ${tokenVariable} or --token-file; it is needed once, and again
only when the certificate has run out.`;

const resources: PublisherOptions['facts']['resources'] = () => {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuMs: Math.round((user + system) / 1000) };
};

function operatingSystem(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}

await runMain(
  'publisher',
  async ({ signal, flags: { config: file, check, ...flags }, env, log, notify }) => {
    const settings = readConfig({
      schema: Settings,
      flags,
      env,
      prefix: environmentPrefix,
      file: typeof file === 'string' ? file : undefined,
    });
    if (check === true) {
      const { hub, proxy } = settings;
      await checkContact({ hub, authority: readAuthority(settings.authority), proxy }, signal);
      log.info({ hub }, 'the hub answers, and is the one of this authority');
      return;
    }
    const { tokenFile } = settings;
    await runPublisher(
      {
        settings,
        authority: readAuthority(settings.authority),
        readToken: () =>
          (tokenFile ? readFileSync(tokenFile, 'utf8').trim() : env[tokenVariable]) || undefined,
        facts: { version, kernel: release(), os: operatingSystem(), resources },
        clock: systemClock,
        log,
        onReady: () => {
          log.info({ socket: settings.socket, hub: settings.hub }, 'ready');
          notify({ type: 'ready' });
        },
      },
      signal,
    );
  },
  { help },
);

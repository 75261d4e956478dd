// The inventory's process: reads its settings, and runs until it is told to end.
import process from 'node:process';
import { configHelp, runMain, systemClock } from '@yagura/kit/lean';
import { version } from '../version.ts';
import { kubeconfig, serviceAccount } from './client/credentials.ts';
import { runInventory } from './inventory.ts';
import { environmentPrefix, readSettings, SettingsSchema } from './settings.ts';

const help = `Tells the hub what the cluster consists of, and its Events, through the publisher on this node.

Usage: node cluster/inventory/main.ts --socket PATH [--state DIR] [--kubeconfig FILE]

${configHelp(SettingsSchema, environmentPrefix)}
  --log-level LEVEL        trace, debug, info, warn or error [default info; YAGURA_LOG_LEVEL]

It runs once per cluster, and needs the right to list and watch what docs/reference/rbac.md names.`;

function resources(): { rssBytes: number; cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuMs: Math.round((user + system) / 1000) };
}

await runMain(
  'inventory',
  async ({ signal, flags, env, log, notify }) => {
    const settings = readSettings(flags, env);
    const credentials =
      settings.kubeconfig === undefined ? serviceAccount(env) : await kubeconfig(settings.kubeconfig);
    await runInventory(
      {
        ...{ settings, credentials, version, resources, clock: systemClock, log },
        onReady: ({ requests, bytes }) => {
          log.info({ requests, bytes }, 'ready: all is told');
          notify({ type: 'ready', requests, bytes });
        },
      },
      signal,
    );
  },
  { help },
);

// The collector's process: reads its settings, and runs until it is told to end.
import { createWriteStream, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import {
  ConfigError,
  configHelp,
  type Logger,
  readConfig,
  rfc3339FromMs,
  runMain,
  systemClock,
} from '@yagura/kit';
import { version } from '../version.ts';
import { runCollector } from './collector.ts';
import { createLossLedger, type LossLedger } from './losses.ts';
import type { Output } from './output/output.ts';
import { createPublisherLink } from './output/publisher-link.ts';
import { createRecording } from './output/recording.ts';
import { environmentPrefix, Settings } from './settings.ts';

const help = `Watches processes with eBPF and hands what happens to the publisher, or records it.

Usage: node sensor/collector/main.ts --socket PATH [--scope containers]
       node sensor/collector/main.ts --out FILE|- [--scope cgroup:/some/path]

${configHelp(Settings, environmentPrefix)}
  --log-level LEVEL        trace, debug, info, warn or error [default info; YAGURA_LOG_LEVEL]

It needs root, or the capabilities BPF, PERFMON and SYS_PTRACE, on a kernel of 5.8 or newer with BTF.
Exit code 3: this kernel or these rights do not allow it; the message says what is missing.`;

/** Unacknowledged lines that are kept while the publisher is away. */
const socketLimitBytes = 32 * 1024 * 1024;
const cannotRun = 3;

function openOutput({ socket, out }: Settings, losses: LossLedger, log: Logger): Output {
  if (out !== undefined) {
    const stream = out === '-' ? process.stdout : createWriteStream(out);
    return createRecording(stream, losses, (error) =>
      log.warn({ err: error }, 'the recording is not written'),
    );
  }
  if (socket === undefined) throw new ConfigError('socket', 'not set', 'give --socket PATH or --out FILE');
  return createPublisherLink({ socketPath: socket, limitBytes: socketLimitBytes, losses, log });
}

function resources(): { rssBytes: number; cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { rssBytes: process.memoryUsage.rss(), cpuMs: Math.round((user + system) / 1000) };
}

await runMain(
  'collector',
  async ({ signal, flags, env, log, notify }) => {
    const settings = readConfig({ schema: Settings, flags, env, prefix: environmentPrefix });
    const losses = createLossLedger(rfc3339FromMs(systemClock.now()));
    await using output = openOutput(settings, losses, log);
    const loader = settings.loader ?? join(import.meta.dirname, '../build/yagura-loader');
    const failure = await runCollector(
      {
        settings,
        node: settings.node ?? hostname(),
        bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
        version,
        binaries: { loader, objects: dirname(loader) },
        procFolder: '/proc',
        output,
        losses,
        clock: systemClock,
        resources,
        log,
        onReady: () => notify({ type: 'ready' }),
      },
      signal,
    );
    if (!failure) return 0;
    const { code, reason, mend, log: details } = failure;
    log.fatal({ code, mend, details }, `the sensor cannot run here: ${reason}`);
    notify({ type: 'failed', reason, mend });
    return cannotRun;
  },
  { help },
);

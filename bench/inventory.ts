// What a change costs the inventory as its image has it, with 5,000 pods and 200 changes a second, beside its limit of CPU.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from './bench.ts';
import { type BlockReceiver, receiveBlocks } from './block-receiver.ts';
import type { Figure } from './figure.ts';
import { startWatchServer, type WatchServer } from './watch-server.ts';

const imagesMain = fileURLToPath(new URL('../deploy/images/main.ts', import.meta.url));
const [pods, perSecond] = [5_000, 200];
/** The chart's limit of 60 millicores by as many changes. */
const limitMs = 0.3;
/** As deploy/images has them. */
const nodeFlags = ['--max-semi-space-size=1', '--max-old-space-size=24'];
const [warmUpMs, measureMs] = [15_000, 30_000];

async function* run(): AsyncGenerator<Figure> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'yagura-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const server = stack.use(await startWatchServer(pods));
  const receiver = stack.use(await receiveBlocks(join(folder, 'socket')));
  await writeFile(join(folder, 'kubeconfig'), server.kubeconfig);
  stack.use(await startInventory(folder));
  while ((await measure(receiver)).told < pods);
  for (const [name, isTold] of [
    ['a change of which nothing is told', false],
    ['a change that is told', true],
  ] as const) {
    await change(server, warmUpMs, isTold);
    const before = await measure(receiver);
    const changes = await change(server, measureMs, isTold);
    const { cpuMs, rssBytes } = await measure(receiver);
    const value = Number(((cpuMs - before.cpuMs) / changes).toFixed(3));
    const ratio = Number((value / limitMs).toFixed(3));
    yield { name: `${name}, ${perSecond} a second`, value, unit: 'ms of CPU', reference: limitMs, ratio };
    yield {
      name: 'resident memory then, Node itself included',
      value: Math.round(rssBytes / 1e6),
      unit: 'MB',
    };
  }
}

export const inventoryBench: Bench = {
  describe: 'what 200 changes a second cost the inventory of 5,000 pods, beside its limit of CPU',
  run,
};

/** Lays out what is in the image, and starts that. */
async function startInventory(folder: string): Promise<AsyncDisposable> {
  const out = join(folder, 'image');
  await promisify(execFile)(process.execPath, [imagesMain, 'layout', 'inventory', '--out', out]);
  const main = join(out, 'program/yagura/inventory/main.js');
  const paths = ['--socket', join(folder, 'socket'), '--kubeconfig', join(folder, 'kubeconfig')];
  const flags = [...paths, '--state', join(folder, 'state'), '--report-every-ms', '1s'];
  const child = spawn(process.execPath, [...nodeFlags, main, ...flags, '--log-level', 'warn'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** By what the inventory itself reports. */
async function measure(receiver: BlockReceiver): Promise<{ cpuMs: number; rssBytes: number; told: number }> {
  const { component } = await receiver.report();
  return { cpuMs: component.cpuMs ?? 0, rssBytes: component.rssBytes ?? 0, told: component.eventsTotal ?? 0 };
}

/** Resolves with how many it made. */
async function change(server: WatchServer, forMs: number, isTold: boolean): Promise<number> {
  const startedAt = performance.now();
  let made = 0;
  for (let elapsedMs = 0; elapsedMs < forMs; elapsedMs = performance.now() - startedAt) {
    for (; made < (elapsedMs / 1000) * perSecond; made += 1)
      server.change(made % pods, isTold ? `${startedAt}-${Math.floor(made / pods)}` : 'first');
    await sleep(2);
  }
  return made;
}

// A writer is killed a hundred times; what it had been told is stored is there, once, whole and in order.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { sleep } from '../retry/retry.ts';
import { openQueue } from './queue.ts';

const kills = 100;

/** Appends numbers from the given one on, each told on stdout once it is stored, and now and then opens the queue anew. */
const writer = `
  import { writeSync } from 'node:fs';
  import { openQueue } from ${JSON.stringify(import.meta.resolve('./queue.ts'))};
  const [path, first] = process.argv.slice(1);
  const open = () => openQueue({ path, limitBytes: 2 ** 30, overflow: 'drop-oldest' });
  let queue = open();
  for (let n = Number(first); ; n++) {
    const body = Buffer.from((n + ' ').repeat(1 + (n * 7919) % 2500));
    queue.append({ id: String(n), lines: 1, kinds: { number: 1 }, body });
    writeSync(1, n + '\\n');
    if (n % 97 === 0) { queue[Symbol.dispose](); queue = open(); }
  }
`;

async function writeUntilKilled(path: string, first: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', writer, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stdout.once('readable', resolve));
  await sleep(afterMs);
  child.kill('SIGKILL');
  await closed;
  return Number(told.trimEnd().split('\n').at(-1));
}

test(`a hundred kills lose nothing that was acknowledged`, { timeout: 180_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-queue-kill-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'queue.db');
  let acknowledged = 0;
  for (let kill = 0; kill < kills; kill++)
    acknowledged = await writeUntilKilled(path, acknowledged + 1, Math.random() * 30);

  using queue = openQueue({ path, limitBytes: 2 ** 30, overflow: 'drop-oldest' });
  let expected = 1;
  for (let after = 0; ; ) {
    const blocks = queue.peek({ after, maxBlocks: 500, maxBytes: 8 << 20 });
    for (const block of blocks) {
      assert.equal(block.id, String(expected));
      assert.equal(
        Buffer.from(block.body).toString(),
        `${expected} `.repeat(1 + ((expected * 7919) % 2500)),
        `block ${expected} is whole`,
      );
      expected += 1;
      after = block.seq;
    }
    if (blocks.length === 0) break;
  }
  assert.ok(acknowledged >= kills, `each writer stored something: ${acknowledged}`);
  assert.ok(expected - 1 >= acknowledged, `${acknowledged} acknowledged, ${expected - 1} found`);
  assert.equal(queue.stats().corruptions, 0);
  t.diagnostic(`${acknowledged} blocks acknowledged over ${kills} kills, ${expected - 1} found`);
});

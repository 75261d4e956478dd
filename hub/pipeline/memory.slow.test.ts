// What rules remember, with the pipeline killed again and again: nothing is forgotten, and nothing is counted twice.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import type { Event } from '@yagura/contracts';
import { createAlertCollector, createEngine, loadRules } from '@yagura/detection';
import { systemClock } from '@yagura/kit';
import { openEventLog } from '../event-log/open-event-log.ts';
import { processEvent } from '../ingest/testing.ts';
import { silent } from '../testing/test-agents-port.ts';
import { startTestDatabase } from '../testing/test-database.ts';

const head = (name: string, condition: string): string => `- rule: ${name}
  id: ${name}
  desc: Remembers.
  condition: ${condition}
  output: process %proc.name
  priority: WARNING
  source: syscall
`;
const rules = `${head('burst', 'evt.type = execve and proc.name != new')}  threshold:
    count: 40
    within: 6h
    by: [container.id]
${head('first-seen', 'evt.type = execve')}  novelty:
    of: [proc.name]
    by: [container.id]
    learn: 1m
${head('chain', 'evt.type = execve')}  sequence:
    within: 6h
    by: [container.id]
    steps:
      - condition: proc.name = new
      - condition: proc.name = last
`;
const [containers, perContainer, perBlock] = [400, 60, 40];
const events = containers * perContainer;
/** Each container has events in all blocks, a second between two of them. */
const nameOf = (turn: number): string => (turn === 20 ? 'new' : turn === perContainer - 1 ? 'last' : 'usual');

function eventOf(number: number): Event {
  const turn = Math.floor(number / containers);
  const base = processEvent(`e${number}`);
  return {
    ...base,
    node: 'n',
    time: new Date(Date.UTC(2026, 0, 2) + turn * 10_000).toISOString(),
    container: { id: String(number % containers).padStart(64, '0') },
    process: { ...base.process, name: nameOf(turn) },
  };
}

/** As one uninterrupted engine counts them. */
function expectedCounts(): readonly string[] {
  const engine = createEngine(loadRules([{ path: 'rules.yaml', text: rules }]).rules);
  const collector = createAlertCollector();
  for (let number = 0; number < events; number += 1)
    for (const match of engine.evaluate(eventOf(number), Date.now())) collector.add(match);
  return collector.drafts().map(({ id, rule, count }) => `${rule} ${id} ${count}`);
}

test('rules remember as if nothing had happened, wherever the pipeline is killed', async (t) => {
  await using database = await startTestDatabase();
  const { db, folder, server } = database;
  const eventLogFolder = join(folder, 'event-log');
  {
    using eventLog = openEventLog({ dir: eventLogFolder, limitBytes: 1e9, clock: systemClock, log: silent });
    for (let from = 0; from < events; from += perBlock) {
      const lines = Array.from({ length: perBlock }, (_, offset) => JSON.stringify(eventOf(from + offset)));
      eventLog.append({
        ...{ id: `b${from}`, lines: perBlock, kinds: { 'process.started': perBlock } },
        ...{ origin: { node: 'n' }, encoding: 'zstd', payload: zstdCompressSync(lines.join('\n')) },
      });
    }
  }
  const work = { connection: server.connection, eventLogFolder, rules, memoryEveryMs: 100 };
  const program = join(import.meta.dirname, '../testing/pipeline-program.ts');
  const start = () =>
    fork(program, [JSON.stringify(work)], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let kills = 0;
  for (let isDone = false; !isDone; ) {
    const child = start();
    const ended = once(child, 'exit');
    // Each run lives a little longer, so that the kills fall on all parts of the work, and it ends.
    const livesMs = 60 + 150 * kills;
    child.once('message', () => setTimeout(() => child.kill('SIGKILL'), livesMs).unref());
    const [code] = await ended;
    isDone = code === 0;
    if (!isDone) kills += 1;
    assert.ok(kills < 40, 'it does not get on');
  }
  t.diagnostic(`${kills} kills over ${events} events`);
  assert.ok(kills >= 2, `only ${kills} kills`);
  const alerts = await db.selectFrom('alerts').select(['id', 'rule', 'count']).execute();
  assert.deepEqual(
    alerts.map(({ rule, id, count }) => `${rule} ${id} ${count}`).sort(),
    [...expectedCounts()].sort(),
  );
  assert.deepEqual([...new Set(alerts.map(({ rule }) => rule))].sort(), ['burst', 'chain', 'first-seen']);
});

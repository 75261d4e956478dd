// Events per second over HTTPS with client certificates into the hub's durable event log, beside JSON.parse of the same bytes.
import { zstdCompressSync } from 'node:zlib';
import { batchContentType, batchHeaders } from '@yagura/contracts';
import { type ClientTls, closeConnections, request } from '@yagura/kit';
import type { Bench } from './bench.ts';
import { parseJob } from './detection-job.ts';
import { besideLimit, type Figure } from './figure.ts';
import { type HubReady, isDrained, registerAgent, startHub } from './hub-process.ts';
import { eachLine, type Lines } from './lines.ts';
import { processMix } from './process-mix.ts';
import { ratesInTurns } from './rate.ts';

const linesPerBatch = 1_000;
const batchCount = 8;
/** As many as the hub lets one agent have under way. */
const inFlight = 2;
const warmUpMs = 1_000;
const measureMs = 2_500;

async function* run(): AsyncGenerator<Figure> {
  const lines = processMix(linesPerBatch * batchCount);
  const bodies = batchesOf(lines);
  await using hub = await startHub();
  const tls = await registerAgent(hub.ready);
  const send = createSender(hub.ready, tls, bodies);
  await sendFor(send, warmUpMs);
  await isDrained(hub.ready);
  const [limit = 1] = ratesInTurns([parseJob(lines)]);
  const startedAt = performance.now();
  const taken = await sendFor(send, measureMs);
  await isDrained(hub.ready);
  const analysed = taken.events / ((performance.now() - startedAt) / 1000);
  closeConnections(tls);
  const bytes = Math.round(lines.bytes.length / lines.count);
  yield besideLimit(`ingest (${bytes} B), durable in the event log`, 'events/s', taken.perSecond, limit);
  yield besideLimit(`ingest (${bytes} B), durable and analysed`, 'events/s', analysed, limit);
}

export const ingestBench: Bench = {
  describe: 'batches over mutual TLS into the event log of a real hub, beside JSON.parse',
  run,
};

function batchesOf(lines: Lines): readonly Buffer[] {
  const texts: string[] = [];
  eachLine(lines, (line) => texts.push(line));
  return Array.from({ length: batchCount }, (_, batch) =>
    zstdCompressSync(texts.slice(batch * linesPerBatch, (batch + 1) * linesPerBatch).join('\n')),
  );
}

type Send = () => Promise<void>;

function createSender({ agentsUrl }: HubReady, tls: ClientTls, bodies: readonly Buffer[]): Send {
  let sent = 0;
  return async () => {
    const number = sent++;
    const answer = await request({
      method: 'POST',
      url: `${agentsUrl}/v1/batches`,
      body: bodies[number % bodies.length] ?? '',
      headers: {
        'content-type': batchContentType,
        'content-encoding': 'zstd',
        [batchHeaders.id]: `bench-${number}`,
        [batchHeaders.lines]: String(linesPerBatch),
      },
      tls,
    });
    if (answer.status !== 200) throw new Error(`a batch was answered ${answer.status}: ${answer.body}`);
  };
}

async function sendFor(
  send: Send,
  ms: number,
): Promise<{ readonly events: number; readonly perSecond: number }> {
  const startedAt = performance.now();
  let batches = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < ms) {
      await send();
      batches += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const events = batches * linesPerBatch;
  return { events, perSecond: events / ((performance.now() - startedAt) / 1000) };
}

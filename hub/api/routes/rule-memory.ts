// What rules remember, out of the hub and into it.
import { exportRuleMemory, importRuleMemory } from '@yagura/contracts';
import type { DetectionState, StatePart } from '@yagura/detection';
import { splitLines } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import { decodePart, encodePart, type MemoryPart, partLimitBytes, toPart } from '../../store/memory-part.ts';
import { type MemoryFilter, memoryPages } from '../../store/rule-memory.ts';
import { type Route, route } from '../route.ts';

export interface RuleMemoryRouteOptions {
  readonly db: Database;
  readonly ruleMemory: {
    /** Replaces these parts in what rules remember. */
    readonly import: (parts: readonly MemoryPart[]) => Promise<void>;
  } & Pick<DetectionState, 'problemOf' | 'isOpen'>;
}

/** Of one request; the CLI sends what is more in several. */
const importLimitBytes = 256 * 1024 * 1024;

/** Whoever sent the wrong file sees it in the first lines. */
const shownProblems = 10;

export const ruleMemoryRoutes = ({ db, ruleMemory }: RuleMemoryRouteOptions): readonly Route[] => [
  route(
    exportRuleMemory,
    async ({ query }) =>
      new Response(ReadableStream.from(exportLines(db, query)), {
        headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
      }),
  ),
  route(importRuleMemory, async ({ request }) => {
    const parts: MemoryPart[] = [];
    const problems: { readonly line: number; readonly message: string }[] = [];
    let [refused, sleeping] = [0, 0];
    for await (const line of splitLines(bounded(request.body), { maxLineBytes: partLimitBytes })) {
      const part = line.ok ? readPart(line.text) : undefined;
      const message = part === undefined ? 'no line of an export' : told(part, ruleMemory.problemOf(part));
      if (part === undefined || message !== undefined) {
        refused += 1;
        if (problems.length < shownProblems) problems.push({ line: line.number, message: message ?? '' });
        continue;
      }
      if (!ruleMemory.isOpen(part.rule)) sleeping += 1;
      parts.push(await encodePart(part));
    }
    if (parts.length > 0) await ruleMemory.import(parts);
    return { parts: parts.length, sleeping, refused, problems };
  }),
];

async function* exportLines(db: Database, filter: MemoryFilter): AsyncGenerator<Uint8Array> {
  for await (const page of memoryPages(db, filter))
    for (const { body } of page) {
      const part = await decodePart(body);
      if (part !== undefined) yield Buffer.from(`${JSON.stringify(part)}\n`);
    }
}

async function* bounded(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > importLimitBytes) throw new HubError('BODY_TOO_LARGE', `more than ${importLimitBytes} bytes`);
    yield chunk;
  }
}

const told = ({ rule, cluster }: StatePart, problem: string | undefined): string | undefined =>
  problem && `memory of ${rule} in ${cluster}: ${problem}`.slice(0, 1_000);

function readPart(text: string): ReturnType<typeof toPart> {
  try {
    return toPart(JSON.parse(text));
  } catch {
    return undefined;
  }
}

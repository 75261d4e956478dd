// What rules remember, out of the hub and into it.
import { exportRuleMemory, importRuleMemory } from '@yagura/contracts';
import { splitLines } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import type { Database } from '../../store/database.ts';
import { decodePart, encodePart, type MemoryPart, partLimitBytes, toPart } from '../../store/memory-part.ts';
import { type MemoryFilter, memoryPages } from '../../store/rule-memory.ts';
import { type Route, route } from '../route.ts';

export interface RuleMemoryRouteOptions {
  readonly db: Database;
  /** Replaces these parts in what rules remember. */
  readonly importMemory: (parts: readonly MemoryPart[]) => Promise<void>;
}

/** Of one request; the CLI sends what is more in several. */
const importLimitBytes = 256 * 1024 * 1024;

export const ruleMemoryRoutes = ({ db, importMemory }: RuleMemoryRouteOptions): readonly Route[] => [
  route(
    exportRuleMemory,
    async ({ query }) =>
      new Response(ReadableStream.from(exportLines(db, query)), {
        headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
      }),
  ),
  route(importRuleMemory, async ({ request }) => {
    const parts: MemoryPart[] = [];
    let refused = 0;
    for await (const line of splitLines(bounded(request.body), { maxLineBytes: partLimitBytes })) {
      const part = line.ok ? readPart(line.text) : undefined;
      if (part === undefined) refused += 1;
      else parts.push(await encodePart(part));
    }
    if (parts.length > 0) await importMemory(parts);
    return { parts: parts.length, refused };
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

function readPart(text: string): ReturnType<typeof toPart> {
  try {
    return toPart(JSON.parse(text));
  } catch {
    return undefined;
  }
}

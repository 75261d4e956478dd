// What rules remember, from a hub to a file and back.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { exportRuleMemory, importRuleMemory } from '@yagura/contracts';
import { CliError } from '../../errors.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { type HubRuleOptions, openHub } from './hub-rules.ts';

export async function exportMemory(
  options: HubRuleOptions & { readonly rule?: string; readonly cluster?: string },
  terminal: Terminal,
): Promise<void> {
  const client = await openHub(options, terminal);
  const query = {
    ...(options.rule === undefined ? {} : { rule: options.rule }),
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
  };
  const response = await client.raw(exportRuleMemory, { query });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? [])
    await terminal.print(decoder.decode(chunk, { stream: true }));
}

/** One request holds some of the lines: the hub bounds what it takes at once. */
const requestChars = 32 * 1024 * 1024;
/** Longer than any rule's memory is. */
const maxLineChars = 64 * 1024 * 1024;

export async function importMemory(
  path: string,
  options: HubRuleOptions,
  terminal: Terminal,
): Promise<number> {
  const client = await openHub(options, terminal);
  const sum = { parts: 0, refused: 0 };
  const send = async (lines: readonly string[]): Promise<void> => {
    if (lines.length === 0) return;
    const response = await client.raw(importRuleMemory, { ndjson: `${lines.join('\n')}\n` });
    const { parts, refused } = (await response.json()) as typeof sum;
    sum.parts += parts;
    sum.refused += refused;
  };
  let lines: string[] = [];
  let chars = 0;
  const input = Readable.from(inputOf(path, terminal));
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (line.length > maxLineChars) {
      sum.refused += 1;
      continue;
    }
    if (chars + line.length > requestChars) {
      await send(lines);
      [lines, chars] = [[], 0];
    }
    lines.push(line);
    chars += line.length;
  }
  await send(lines);
  await terminal.print(
    options.json
      ? `${JSON.stringify(sum)}\n`
      : `${sum.parts} parts are in, ${sum.refused} lines are no parts\n`,
  );
  return sum.refused === 0 ? 0 : 1;
}

async function* inputOf(path: string, terminal: Terminal): AsyncGenerator<Uint8Array> {
  try {
    yield* path === '-' ? terminal.input : (createReadStream(path) as AsyncIterable<Uint8Array>);
  } catch (cause) {
    throw new CliError('FILE_UNREADABLE', `${path}: ${(cause as Error).message}`, { cause });
  }
}

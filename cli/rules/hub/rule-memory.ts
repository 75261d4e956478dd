// What rules remember, from a hub to a file and back.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { exportRuleMemory, importRuleMemory } from '@yagura/contracts';
import { CliError } from '../../errors.ts';
import { plural } from '../../terminal/plural.ts';
import { plain } from '../../terminal/table.ts';
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

interface Line {
  readonly number: number;
  readonly text: string;
}

interface Imported {
  parts: number;
  sleeping: number;
  refused: number;
  readonly problems: { readonly line: number; readonly message: string }[];
}

const shownProblems = 20;
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
  const sum: Imported = { parts: 0, sleeping: 0, refused: 0, problems: [] };
  const send = async (lines: readonly Line[]): Promise<void> => {
    if (lines.length === 0) return;
    const ndjson = `${lines.map(({ text }) => text).join('\n')}\n`;
    const response = await client.raw(importRuleMemory, { ndjson });
    const { parts, sleeping, refused, problems } = (await response.json()) as Imported;
    sum.parts += parts;
    sum.sleeping += sleeping;
    sum.refused += refused;
    for (const { line, message } of problems)
      sum.problems.push({ line: lines[line - 1]?.number ?? line, message });
  };
  let lines: Line[] = [];
  let [chars, number] = [0, 0];
  const input = Readable.from(inputOf(path, terminal));
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    if (line.length > maxLineChars) {
      sum.refused += 1;
      sum.problems.push({ line: number, message: `longer than ${maxLineChars} characters` });
      continue;
    }
    if (chars + line.length > requestChars) {
      await send(lines);
      [lines, chars] = [[], 0];
    }
    lines.push({ number, text: line });
    chars += line.length;
  }
  await send(lines);
  if (!options.json)
    for (const { line, message } of sum.problems.slice(0, shownProblems))
      terminal.note(`${path}:${line}: ${plain(message)}\n`);
  await terminal.print(options.json ? `${JSON.stringify(sum)}\n` : textOf(sum));
  return sum.refused === 0 ? 0 : 1;
}

const textOf = ({ parts, sleeping, refused }: Imported): string => {
  const asleep =
    sleeping === 0 ? '' : `, ${sleeping} of them for no rule that remembers here (kept for 30 days)`;
  const left = refused === 0 ? '' : `; ${plural(refused, 'line')} refused, what was remembered there stays`;
  return `${plural(parts, 'part')} taken in${asleep}${left}\n`;
};

async function* inputOf(path: string, terminal: Terminal): AsyncGenerator<Uint8Array> {
  try {
    yield* path === '-' ? terminal.input : (createReadStream(path) as AsyncIterable<Uint8Array>);
  } catch (cause) {
    throw new CliError('FILE_UNREADABLE', `${path}: ${(cause as Error).message}`, { cause });
  }
}

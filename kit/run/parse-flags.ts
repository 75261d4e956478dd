// Command-line flags of a program, without a list of them: what a flag means is for its schema to say.
import type { FlagValue } from '../config/read-config.ts';

export interface ParsedFlags {
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly positionals: readonly string[];
}

/** `--a b`, `--a=b`, `--a` (true), `--no-a` (false); a flag given twice is a list; all after `--` is positional. */
export function parseFlags(argv: readonly string[]): ParsedFlags {
  const flags = new Map<string, FlagValue>();
  const positionals: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      positionals.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('--')) {
      positionals.push(word);
      continue;
    }
    const next = argv[at + 1];
    const [name, value, usesNext] = readFlag(word.slice(2), next);
    if (usesNext) at += 1;
    flags.set(name, merge(flags.get(name), value));
  }
  return { flags: Object.fromEntries(flags), positionals };
}

function readFlag(word: string, next: string | undefined): [string, string | boolean, boolean] {
  const equals = word.indexOf('=');
  if (equals !== -1) return [word.slice(0, equals), word.slice(equals + 1), false];
  if (next !== undefined && !next.startsWith('--')) return [word, next, true];
  if (word.startsWith('no-')) return [word.slice(3), false, false];
  return [word, true, false];
}

function merge(before: FlagValue | undefined, value: string | boolean): FlagValue {
  if (before === undefined || typeof value === 'boolean') return value;
  if (typeof before === 'object') return [...before, value];
  return typeof before === 'string' ? [before, value] : value;
}

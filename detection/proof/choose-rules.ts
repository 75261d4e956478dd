// Finds the rule that a tests file is about, with the lists that the file puts in the place of others.
import type { DataFiles } from '../data/data-files.ts';
import { type LoadedRule, loadRules } from '../files/load-rules.ts';
import type { RuleFile } from '../files/read-items.ts';

export type Lists = Readonly<Record<string, readonly string[]>>;
export type ChooseRule = (id: string, lists: Lists) => LoadedRule | undefined;

const withLists = (data: DataFiles, lists: Lists): DataFiles =>
  new Map([
    ...data,
    ...Object.entries(lists).map(([name, lines]) => [name, { path: name, text: lines.join('\n') }] as const),
  ]);

export interface Choice {
  readonly rules: readonly LoadedRule[];
  readonly files: readonly RuleFile[];
  readonly data: DataFiles;
}

/** Rules with the same lists are loaded once. */
export function createChoice({ rules, files, data }: Choice): ChooseRule {
  const loaded = new Map<string, readonly LoadedRule[]>([['{}', rules]]);
  return (id, lists) => {
    const key = JSON.stringify(lists);
    const own = loaded.get(key) ?? loadRules(files, withLists(data, lists)).rules;
    loaded.set(key, own);
    return own.find(({ info }) => info.id === id);
  };
}

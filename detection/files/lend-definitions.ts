// Lists and macros of some rule files, for others that do not define these names themselves.
import { itemText, type RuleFile, readItems } from './read-items.ts';
import { readText, type YamlItem } from './yaml-item.ts';

/** Where what is lent is said to stand. */
export const lentPath = 'built-in definitions';

const nameOf = (item: YamlItem): string | undefined => {
  const [macro, list] = [readText(item, 'macro'), readText(item, 'list')];
  if (macro !== undefined) return `macro ${macro}`;
  return list === undefined ? undefined : `list ${list}`;
};

/** Most rule files define nothing, and parsing is what costs. */
const mayDefine = ({ text }: RuleFile): boolean => /\b(?:macro|list)["']?\s*:/.test(text);

const definitionsOf = (files: readonly RuleFile[]): readonly YamlItem[] =>
  files.filter(mayDefine).flatMap((file) => readItems(file).items);

/**
 * A file to be loaded with `borrowers`, so that a copy of a rule finds what it was written with. What they append to or
 * override is not lent: rules of the lenders would not see the change.
 */
export function lendDefinitions(lenders: readonly RuleFile[], borrowers: readonly RuleFile[]): RuleFile {
  const taken = new Set(definitionsOf(borrowers).map(nameOf));
  const lent = definitionsOf(lenders).filter((item) => {
    const name = nameOf(item);
    return name !== undefined && !taken.has(name);
  });
  return { path: lentPath, text: lent.map((item) => `---\n${itemText(item)}\n`).join('') };
}

// Lists and macros of some rule files, for others that do not define these names themselves.
import { itemText, type RuleFile, readItems } from './read-items.ts';
import { findPair, readText, type YamlItem } from './yaml-item.ts';

const nameOf = (item: YamlItem): string | undefined => {
  const [macro, list] = [readText(item, 'macro'), readText(item, 'list')];
  if (macro !== undefined) return `macro ${macro}`;
  return list === undefined ? undefined : `list ${list}`;
};

/** `append` and `override` need what they change. */
const changesAnother = (item: YamlItem): boolean =>
  findPair(item, 'append') !== undefined || findPair(item, 'override') !== undefined;

/** A file to be loaded with `borrowers`, so that a copy of a rule finds what it was written with. */
export function lendDefinitions(lenders: readonly RuleFile[], borrowers: readonly RuleFile[]): RuleFile {
  const own = borrowers.flatMap((file) => readItems(file).items).filter((item) => !changesAnother(item));
  const taken = new Set(own.map(nameOf));
  const lent = lenders
    .flatMap((file) => readItems(file).items)
    .filter((item) => {
      const name = nameOf(item);
      return name !== undefined && !taken.has(name);
    });
  return { path: 'built-in definitions', text: lent.map((item) => `---\n${itemText(item)}\n`).join('') };
}

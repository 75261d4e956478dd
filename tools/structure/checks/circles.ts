// Files that import each other in a circle can only be read, moved and tested together.
import { posix } from 'node:path';
import { type House, isCode } from '../../house/house.ts';
import type { Check } from '../check.ts';

const neighboursOf = (house: House, file: string): readonly string[] =>
  house
    .imports(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => posix.join(posix.dirname(file), specifier))
    .filter((target) => isCode(target) && house.files.includes(target));

/** Walks down the imports from each file once; one that is met again on its own way closes a circle. */
function circlesOf(house: House): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (file: string): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.push([...way.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    way.push(file);
    for (const next of neighboursOf(house, file)) visit(next);
    way.pop();
    done.add(file);
  };
  for (const file of house.files.filter(isCode)) visit(file);
  return found;
}

export const circles: Check = {
  rule: 'no files import each other in a circle, not even types',
  problems: circlesOf,
};

// Rules of several loads run together: an id may be taken by another load, and alerts of both would be told as one.
import type { LoadedRule } from './load-rules.ts';

/** `owner`: whose the id is. */
export const takenIdMessage = ({ info: { file, id } }: LoadedRule, owner: string): string =>
  `${file}: the rule id ${id} is taken by ${owner}, so this rule is left out (expected another \`id\`; in a hub, \`yagura rules push --override ${id}\` puts one in the place of the other)`;

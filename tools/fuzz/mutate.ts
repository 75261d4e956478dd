// Makes a broken text of a sound one: cut, doubled, spliced, with words and odd characters in the wrong places.
import type { Random } from '@yagura/kit/testing';

export interface Material {
  readonly seeds: readonly string[];
  readonly words: readonly string[];
  readonly longest: number;
}

type Mutation = (text: string, random: Random, material: Material) => string;

const oddities = [
  '\u0000',
  '\ufeff',
  '\ud800',
  '\t',
  '\n',
  '"',
  "'",
  '\\',
  '%',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  '- ',
  '&a ',
  '*a ',
  '<<: ',
  '!!binary ',
  '|\n',
  '>',
  '-1',
  '9'.repeat(400),
  'é',
  '😀',
];

const insert = (text: string, at: number, piece: string): string =>
  `${text.slice(0, at)}${piece}${text.slice(at)}`;

const pieceOf = (text: string, random: Random, most: number): string => {
  const at = random.below(text.length + 1);
  return text.slice(at, at + random.below(most) + 1);
};

const mutations: readonly Mutation[] = [
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + text.slice(at + random.below(40) + 1);
  },
  (text, random) => insert(text, random.below(text.length + 1), pieceOf(text, random, 200)),
  (text, random) => insert(text, random.below(text.length + 1), random.pick(oddities) ?? ''),
  (text, random, { words }) => insert(text, random.below(text.length + 1), ` ${random.pick(words)} `),
  (text, random, { words }) => {
    const places = [...text.matchAll(/[A-Za-z_.]+/g)];
    const place = random.pick(places);
    if (place === undefined) return text;
    return text.slice(0, place.index) + random.pick(words) + text.slice(place.index + place[0].length);
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  },
  (text, random, { words }) => {
    const piece = random.pick([...words, ...oddities]) ?? '';
    return insert(text, random.below(text.length + 1), `${piece} `.repeat(random.below(300) + 1));
  },
  (text, random, { seeds }) =>
    insert(text, random.below(text.length + 1), pieceOf(random.pick(seeds) ?? '', random, 600)),
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => {
    const lines = text.split('\n');
    const [one, other] = [random.below(lines.length), random.below(lines.length)];
    [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
    return lines.join('\n');
  },
];

/** One to four mutations of one of the seeds: with more, hardly any input gets past the first parser. */
export function mutated(random: Random, material: Material): string {
  let text = random.pick(material.seeds) ?? '';
  for (let left = random.below(4); left >= 0; left -= 1)
    text = (random.pick(mutations)?.(text, random, material) ?? text).slice(0, material.longest);
  return text;
}

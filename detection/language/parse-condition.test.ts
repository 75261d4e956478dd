// Conditions become the tree that their text says; mistakes are told with their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from './condition.ts';
import { operators } from './operators.ts';
import { parseCondition } from './parse-condition.ts';
import { plainSource } from './source-text.ts';

/** The tree without its spans, as a person would write it with every parenthesis. */
function shown(condition: Condition): string {
  switch (condition.kind) {
    case 'macro':
      return condition.name;
    case 'not':
      return `!${shown(condition.part)}`;
    case 'comparison': {
      const argument = condition.field.argument === undefined ? '' : `[${condition.field.argument}]`;
      return [
        `${condition.field.name}${argument}`,
        condition.operator,
        ...condition.values.map(({ text }) => `<${text}>`),
      ].join(' ');
    }
    default:
      return `(${condition.parts.map(shown).join(` ${condition.kind} `)})`;
  }
}

function tree(text: string): string {
  const parsed = parseCondition(plainSource(text));
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problem.message);
  return shown(parsed.condition);
}

const trees: readonly [text: string, shown: string][] = [
  ['a and b or c and d', '((a and b) or (c and d))'],
  ['a and (b or c)', '(a and (b or c))'],
  ['not a and not (b or c)', '(!a and !(b or c))'],
  ['not not a', '!!a'],
  ['not(a)', '!a'],
  ['proc.name=sh', 'proc.name = <sh>'],
  ['proc.name != "a b"', 'proc.name != <a b>'],
  ["proc.args contains 'it\\'s'", "proc.args contains <it's>"],
  ['proc.args contains "a\\nb"', 'proc.args contains <a\\nb>'],
  ['proc.args contains >&', 'proc.args contains <>&>'],
  ['proc.name in (a, "b c",d)', 'proc.name in <a> <b c> <d>'],
  ['proc.name in ()', 'proc.name in'],
  ['proc.name in shells', 'proc.name in <shells>'],
  ['proc.aname[2] = nginx', 'proc.aname[2] = <nginx>'],
  ['jevt.value[/a/b~1c] exists and x', '(jevt.value[/a/b~1c] exists and x)'],
  ['ka.uri.param["a]b"] exists', 'ka.uri.param[a]b] exists'],
  ['user.uid >= 1000 and user.uid<2000', '(user.uid >= <1000> and user.uid < <2000>)'],
  ['a\n  and\n  b', '(a and b)'],
];

for (const [text, expected] of trees)
  test(`reads ${JSON.stringify(text)}`, () => assert.equal(tree(text), expected));

for (const [name, operator] of Object.entries(operators))
  test(`reads the example of ${name}`, () => assert.ok(tree(operator.example).includes(` ${name}`)));

const mistakes: readonly [text: string, column: number, message: RegExp, expected: RegExp][] = [
  ['', 1, /ends too early/, /field/],
  ['a and', 6, /ends too early/, /macro/],
  ['(a or b', 1, /inside a parenthesis/, /`\)`/],
  ['a b', 3, /unknown operator "b"/, /contains/],
  ['proc.name', 10, /no operator after the field/, /contains/],
  ['proc.name contain x', 11, /unknown operator "contain" – did you mean "contains"/, /one of/],
  ['proc.name regex x', 11, /not supported yet/, /one of/],
  ['tolower(proc.name) = x', 1, /transformer/, /field/],
  ['proc.name = "abc', 13, /not closed/, /closing "/],
  ['proc.name in (a b)', 17, /unexpected text in a list/, /,/],
  ['proc.name in (a, b', 14, /not closed/, /`\)`/],
  ['proc.aname[1 = x', 11, /not closed/, /`\]`/],
  ['a and and b', 7, /unexpected "and"/, /macro/],
  ['a)', 2, /unexpected "\)"/, /the end/],
  ['%x', 1, /unexpected "%"/, /field/],
];

for (const [text, column, message, expected] of mistakes)
  test(`refuses ${JSON.stringify(text)}`, () => {
    const parsed = parseCondition(plainSource(text));
    assert.ok(!parsed.ok);
    assert.match(parsed.problem.message, message);
    assert.match(parsed.problem.expected ?? '', expected);
    assert.deepEqual([parsed.problem.line, parsed.problem.column], [1, column]);
  });

test('deep nesting is refused, not a crash', () => {
  for (const text of [
    '('.repeat(100_000),
    'not '.repeat(100_000),
    `${'('.repeat(150)}a${')'.repeat(150)} and ${'('.repeat(5000)}`,
  ]) {
    const parsed = parseCondition(plainSource(text));
    assert.ok(!parsed.ok);
  }
});

// Conditions become the tree that their text says; mistakes are told with their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallArgument, Condition } from './condition.ts';
import { operators } from './operators.ts';
import { parseCondition } from './parse-condition.ts';
import { plainSource } from './source-text.ts';

function shownArgument(argument: CallArgument): string {
  switch (argument.kind) {
    case 'text':
      return `<${argument.text}>`;
    case 'list':
      return `(${argument.items.map(shownArgument).join(' ')})`;
    case 'call':
      return `${argument.name}(${argument.arguments.map(shownArgument).join(' ')})`;
    case 'field':
      return argument.argument === undefined ? argument.name : `${argument.name}[${argument.argument}]`;
  }
}

/** The tree without its spans, as a person would write it with every parenthesis. */
function shown(condition: Condition): string {
  switch (condition.kind) {
    case 'macro':
      return condition.name;
    case 'not':
      return `!${shown(condition.part)}`;
    case 'comparison': {
      const right = condition.right === undefined ? [] : [shownArgument(condition.right)];
      return [
        shownArgument(condition.left),
        condition.operator,
        ...condition.values.map(({ text }) => `<${text}>`),
        ...right,
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
  ['proc.args contains "a\\nb\\x41"', 'proc.args contains <a\nbA>'],
  ['tolower(proc.name) = sh', 'tolower(proc.name) = <sh>'],
  ['not(toupper( basename( proc.aname[2] ) ) in (A))', '!toupper(basename(proc.aname[2])) in <A>'],
  ['proc.name = val(proc.pname)', 'proc.name = proc.pname'],
  ['proc.name in val( proc.aname ) and x', '(proc.name in proc.aname and x)'],
  ['b64(proc.args)=tolower(proc.pname)', 'b64(proc.args) = tolower(proc.pname)'],
  ['join("-", (proc.name, "a", len(proc.args))) = x', 'join(<-> (proc.name <a> len(proc.args))) = <x>'],
  ['concat(proc.name, "/") startswith "a"', 'concat(proc.name </>) startswith <a>'],
  ['getopt(("-n"), "n") intersects (n)', 'getopt((<-n>) <n>) intersects <n>'],
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
  ['tolowr(proc.name) = x', 1, /unknown transformer "tolowr"/, /tolower/],
  ['tolower(proc.name, proc.pname) = x', 1, /has 2 arguments/, /1/],
  ['tolower(proc.name) and x', 20, /no operator after the field "tolower\(proc.name\)"/, /contains/],
  ['concat(proc.name', 7, /not closed/, /`\)`/],
  ['concat(proc.name ;', 18, /unexpected text in a call/, /`,`/],
  ['val(proc.name) = x', 1, /to the right/, /field/],
  ['proc.name = val("x")', 17, /takes a field/, /field/],
  ['proc.name regex val(proc.pname)', 21, /fixed value/, /quotes/],
  ['proc.name = "a\\d"', 15, /unknown escape "\\d"/, /\\\\/],
  [`${'tolower('.repeat(20)}proc.name`, 129, /nested deeper than 16/, /fewer/],
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

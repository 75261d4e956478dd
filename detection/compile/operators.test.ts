// What each operator and transformer says of values, through the engine: a table of truths.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../engine/engine.ts';
import { loadRules } from '../files/load-rules.ts';
import { expandEvent } from '../proof/compact-event.ts';

const event = expandEvent(
  {
    process: {
      name: 'Java',
      path: '/usr/local/bin/java',
      args: ['Java', '-jar', 'aGVsbG8=', '-p', '80'],
      parents: [
        { name: 'sh', path: '/bin/sh', args: ['sh', '-c', 'x'] },
        { name: 'Java', path: '/bin/java' },
      ],
      cwd: 'aGVsbG8=',
      uid: 7,
      namespace: 'shop',
    },
  },
  0,
);
assert.ok(event.ok);
const happened = event.event;

function holds(condition: string): boolean {
  const text = `- rule: r\n  desc: d\n  condition: >\n    ${condition}\n  output: o\n  priority: INFO\n`;
  const { rules, problems } = loadRules([{ path: 'r.yaml', text }]);
  assert.deepEqual(problems, []);
  return createEngine(rules).evaluate(happened).length === 1;
}

const truths: readonly [condition: string, expected: boolean][] = [
  ['proc.name = Java', true],
  ['proc.name == java', false],
  ['proc.name != java', true],
  ['proc.exit_code != 1', false],
  ['not proc.exit_code = 1', true],
  ['user.uid < 8', true],
  ['user.uid <= 0x7', true],
  ['user.uid > 7', false],
  ['user.uid >= 7.0', true],
  ['proc.name > Jaua', true],
  ['proc.name < Java', false],
  ['proc.name <= Java', true],
  ['proc.cmdline contains "-jar"', true],
  ['proc.cmdline contains "-JAR"', false],
  ['proc.cmdline icontains "-JAR"', true],
  ['proc.exepath startswith /usr', true],
  ['proc.exepath startswith usr', false],
  ['proc.exepath endswith /java', true],
  ['proc.args bcontains 2d6a6172', true],
  ['proc.args bcontains ff', false],
  ['proc.args bstartswith 2D', true],
  ['proc.args bstartswith 6a', false],
  ["proc.exepath glob '/usr/*/java'", true],
  ["proc.exepath glob '/usr/?ava'", false],
  ["proc.name iglob 'JAV[a-c]'", true],
  ["proc.name regex '[A-Z][a-z]+'", true],
  ["proc.name regex 'Jav'", false],
  ["proc.cmdline regex '.*-p [0-9]+'", true],
  ["proc.name regex 'java'", false],
  ["proc.name regex '(?i)java'", true],
  ['proc.name in (sh, Java)', true],
  ['proc.aname in (sh, Java, bash)', true],
  ['proc.aname in (sh, bash)', true],
  ['proc.aname in (bash, zsh)', false],
  ['tolower(proc.aname) in (java)', true],
  ['proc.aname in val(proc.name)', true],
  ['proc.aname intersects (sh, bash)', true],
  ['proc.aname intersects (zsh)', false],
  ['proc.aname = sh', true],
  ['proc.exepath pmatch (/etc, /usr/local)', true],
  ['proc.exepath pmatch (/usr/loc)', false],
  ['proc.exepath pmatch (/usr/*)', true],
  ['proc.exepath pmatch (/usr/*/java)', false],
  ['proc.exepath pmatch (/usr/*/b?n/)', true],
  ['proc.exepath pmatch (/usr/local/bin/java/*)', false],
  ['proc.aname[2] exists', true],
  ['proc.aname[3] exists', false],
  ['tolower(proc.name) = java', true],
  ['toupper(proc.name) in (JAVA)', true],
  ['tolower(proc.aname) intersects (java)', true],
  ['basename(proc.exepath) = java', true],
  ['b64(proc.cwd) = hello', true],
  ['b64(proc.exepath) exists', true],
  ['b64(proc.cmdline) exists', false],
  ['len(proc.name) = 4', true],
  ['len(proc.aname) = 2', true],
  ['len(proc.piped_to) >= 0', false],
  ['len(proc.aname[1]) = 2', true],
  ['concat(proc.name, "-", user.uid) = Java-7', true],
  ['concat(proc.name, proc.piped_to) exists', false],
  ['join("<", (proc.name, proc.pname)) = "Java<sh"', true],
  ['join(",", proc.aname) = "sh,Java"', true],
  ['join("-", (proc.name, proc.piped_to)) exists', false],
  ['getopt(proc.args, "p:") intersects (80)', true],
  ['getopt(proc.args, "x:") intersects (80)', false],
  ['toupper(concat(proc.pname, "x")) = SHX', true],
  ['proc.name = val(proc.aname[2])', true],
  ['proc.name = val(proc.pname)', false],
  ['proc.name != val(proc.pname)', true],
  ['proc.name = val(proc.piped_to)', false],
  ['proc.name in val(proc.aname)', true],
  ['proc.pname in val(proc.aname)', true],
  ['proc.exepath endswith tolower(proc.name)', true],
  ['proc.cmdline startswith val(proc.name)', true],
  ['user.uid < val(proc.nargs)', false],
  ['tolower(proc.name) = basename(proc.exepath)', true],
  ['proc.name = "\\x4aava"', true],
  ['proc.exepath = "\\/usr/local/bin/java"', true],
];

for (const [condition, expected] of truths)
  test(`${condition} is ${expected}`, () => assert.equal(holds(condition), expected));

const refused: readonly [condition: string, message: RegExp][] = [
  ["proc.name regex '('", /no regular expression: missing closing \)/],
  [`proc.name regex '${'a'.repeat(1001)}'`, /longer than 1000/],
  ["proc.name regex '(a{1,200}|b{1,200})'", /repeats more than 256/],
  ["proc.name regex '((a{30}){30}|(b{30}){30}){1}'", /more than 600 steps/],
  ['proc.name bcontains xyz', /no text of bytes/],
  ['user.uid contains 7', /`contains` does not fit "user.uid"/],
  ['tolower(user.uid) = 7', /`tolower\(\)` does not fit/],
  ['len(user.uid) = 7', /`len\(\)` does not fit/],
  ['join(proc.aname, proc.aname) = x', /`join\(\)` does not fit/],
  ['concat(proc.aname, "x") = x', /`concat\(\)` does not fit/],
  ['proc.name = val(user.uid)', /"proc.name" is text, and "user.uid" is number/],
  ['proc.name = val(proc.aname)', /"proc.aname" has many values/],
  ['tolower(proc.nmae) = x', /unknown field "proc.nmae" – did you mean "proc.name"/],
  ['proc.name = val(ka.verb)', /"ka.verb" belongs to k8s_audit/],
  ['concat(ka.verb, proc.name) = x', /"ka.verb" belongs to k8s_audit/],
];

for (const [condition, message] of refused)
  test(`refuses ${condition.slice(0, 60)}`, () => {
    const text = `- rule: r\n  desc: d\n  condition: >\n    ${condition}\n  output: o\n  priority: INFO\n`;
    const { problems } = loadRules([{ path: 'r.yaml', text }]);
    assert.match(problems.map((problem) => problem.message).join('\n'), message);
  });

// The command tree: every command is documented, errors help, and completion knows all of it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Command } from 'commander';
import { commands } from './commands/index.ts';
import { completionScript } from './completion/script.ts';
import { treeWords } from './completion/tree-words.ts';
import { buildProgram } from './program.ts';
import { runCli, spawnCli } from './testing/run-cli.ts';

const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap((each) => allOf(each))];

test('every command has a description, and every option and argument too', () => {
  for (const command of allOf(buildProgram())) {
    assert.ok(command.description().length > 10, command.name());
    for (const option of command.options) assert.ok(option.description, `${command.name()} ${option.flags}`);
    for (const argument of command.registeredArguments) assert.ok(argument.description, command.name());
  }
});

test('every file in commands/ is in the list', () => {
  const files = readdirSync(new URL('./commands/', import.meta.url)).filter((name) => name !== 'index.ts');
  assert.equal(files.length, commands.length);
  const names = buildProgram().commands.map((command) => `${command.name()}.ts`);
  assert.deepEqual(names.sort(), files.sort());
});

test('--help of every command shows examples and ends with 0', async () => {
  const paths = treeWords(buildProgram()).map(({ path }) => path.split(' ').filter(Boolean));
  const runs = await Promise.all(paths.map((path) => runCli([...path, '--help'])));
  for (const [index, run] of runs.entries()) {
    assert.equal(run.code, 0, String(paths[index]));
    assert.match(run.stdout, /Usage: yagura[\s\S]*Examples:/, String(paths[index]));
    assert.equal(run.stderr, '');
    assert.doesNotMatch(run.stdout, /\n\n(\n|$)/, `${paths[index]}: two blank lines`);
  }
});

test('a mistyped command is answered with a suggestion', async () => {
  const run = await spawnCli(['analize']);
  assert.equal(run.code, 1);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /unknown command 'analize'[\s\S]*Did you mean analyze/);
});

test('an option that must be given says what it takes, and --version is one line', async () => {
  const [close, version] = await Promise.all([runCli(['alerts', 'close', 'x']), runCli(['--version'])]);
  assert.match(close.stderr, /'--reason <reason>' not specified; it takes resolved, benign, /);
  assert.match(version.stdout, /^yagura \d+\.\d+\.\d+\n$/);
});

test('--change takes one value each time, and --count-every is for counted alone', async () => {
  const create = ['exports', 'create', '--type', 'file', '--url', 'http://127.0.0.1:1'];
  const env = { YAGURA_TOKEN: 'secret-of-test' };
  const run = (...words: string[]) => runCli([...create, ...words], { env });
  const [behind, unknown, idle, other] = await Promise.all([
    run('--change', 'raised', '--change', 'counted', '--count-every', '5', '--change', 'closed', 'archive'),
    run('--change', 'rised', 'archive'),
    run('archive', '--count-every', '5'),
    run('archive', '--change', 'raised', '--count-every', '5'),
  ]);
  assert.match(behind.stderr, /HUB_UNREACHABLE|refused|reach/i);
  assert.match(unknown.stderr, /'rised' is invalid\. Allowed choices are raised, /);
  for (const { stderr, code } of [idle, other]) {
    assert.match(stderr, /--count-every .*add --change counted/);
    assert.equal(code, 1);
  }
});

test('errors have a code and a mend, and a stack only when it is asked for', async () => {
  const asked = ['alerts', 'list', '--url', 'http://127.0.0.1:1', '--data', '/nonexistent'];
  const env = { YAGURA_TOKEN: 'secret-of-test' };
  const [plain, verbose] = await Promise.all([
    runCli(asked, { env }),
    runCli([...asked, '--verbose'], { env }),
  ]);
  assert.equal(plain.code, 1);
  assert.match(plain.stderr, /^error: .*\(HUB_UNREACHABLE\)\n {2}See that it runs/);
  assert.doesNotMatch(plain.stderr, /\n\s+at /);
  assert.match(verbose.stderr, /\n\s+at /);
  assert.doesNotMatch(verbose.stderr, /secret-of-test/);
});

test('version and doctor speak JSON', async () => {
  const [version, doctor] = await Promise.all([
    runCli(['version', '--json']),
    runCli(['doctor', '--json', '--data', '/tmp']),
  ]);
  assert.match(JSON.parse(version.stdout).yagura, /^\d+\.\d+\.\d+/);
  const report = JSON.parse(doctor.stdout) as {
    ok: boolean;
    checks: { id: string; status: string; mend?: string }[];
  };
  assert.equal(doctor.code, report.ok ? 0 : 1);
  for (const check of report.checks) assert.ok(check.status === 'ok' || check.mend, check.id);
});

test('completion of bash completes commands, options and their values', async () => {
  const { stdout } = await runCli(['completion', 'bash']);
  const { execFileSync } = await import('node:child_process');
  const complete = (...words: string[]): string[] =>
    execFileSync(
      'bash',
      [
        '-c',
        `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _yagura 2>/dev/null; echo "\${COMPREPLY[*]}"`,
        'x',
        ...words,
      ],
      { encoding: 'utf8', cwd: import.meta.dirname },
    )
      .trim()
      .split(' ');
  assert.deepEqual(complete('yagura', 'ana'), ['analyze']);
  assert.deepEqual(complete('yagura', 'alerts', 'cl'), ['close']);
  assert.deepEqual(complete('yagura', 'alerts', 'list', '--sev'), ['--severity']);
  assert.deepEqual(complete('yagura', 'analyze', '--json', '--fail-on', 'h'), ['high']);
  assert.deepEqual(complete('yagura', 'completion', 'z'), ['zsh']);
  // Files stand only where files are taken.
  assert.deepEqual(complete('yagura', 'analyze', 'package.js'), ['package.json']);
  assert.deepEqual(complete('yagura', 'start', '--tls-cert', 'package.js'), ['package.json']);
  assert.deepEqual(complete('yagura', 'alerts', 'list', '--cluster', 'package.js'), ['']);
  assert.deepEqual(complete('yagura', 'alerts', 'get', 'package.js'), ['']);
});

test('completion of every shell names every command', () => {
  const tree = treeWords(buildProgram());
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const script = completionScript(shell, buildProgram());
    for (const { path } of tree) assert.ok(script.includes(path), `${shell}: ${path}`);
  }
});

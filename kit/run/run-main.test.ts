// A program ends in order on a signal, and with a code and a mend on an error.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { test } from 'node:test';
import { parseFlags } from './parse-flags.ts';

const program = (main: string): string => `
  import { ConfigError, runMain } from ${JSON.stringify(import.meta.resolve('../index.ts'))};
  await runMain('probe', ${main}, { help: 'how to' });
`;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(main: string, argv: readonly string[] = [], signal?: NodeJS.Signals): Promise<Ended> {
  const child = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    program(main),
    '--',
    'probe',
    ...argv,
  ]);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (signal && text.includes('up')) child.kill(signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

const waiting = `async ({ signal }) => {
  setInterval(() => {}, 1000);
  console.log('up');
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  console.log('tidied');
}`;

test('flags', () => {
  assert.deepEqual(
    parseFlags([
      '--a',
      '1',
      '--b=x=y',
      '--c',
      '--no-d',
      '--e',
      '1',
      '--e',
      '2',
      '--out',
      '-',
      'p',
      '--',
      '--q',
    ]),
    {
      flags: { a: '1', b: 'x=y', c: true, d: false, e: ['1', '2'], out: '-' },
      positionals: ['p', '--q'],
    },
  );
});

test('a signal aborts, main tidies up, the code is 0', async () => {
  const [term, interrupt] = await Promise.all([run(waiting, [], 'SIGTERM'), run(waiting, [], 'SIGINT')]);
  for (const ended of [term, interrupt]) assert.deepEqual([ended.code, ended.stdout], [0, 'up\ntidied\n']);
});

test('codes of errors, with what mends them and without secrets', async () => {
  const [own, config, bug, stray, help, flags] = await Promise.all([
    run('async () => 3'),
    run(`async () => { throw new ConfigError('hub', '--hub', 'is not a URL') }`),
    run(
      `async ({ log }) => { log.info({ token: 'hunter2', deep: { secret: 'hunter2' } }, 'in'); throw new Error('boom') }`,
    ),
    run(
      `async () => { setTimeout(() => { throw new Error('stray') }); await new Promise((r) => setTimeout(r, 5000)) }`,
    ),
    run('async () => 9', ['--help']),
    run('async ({ flags }) => { console.log(JSON.stringify(flags)) }', ['--a', 'b', '--log-level', 'error']),
  ]);
  assert.equal(own.code, 3);
  assert.equal(config.code, 2);
  assert.match(config.stderr, /hub \(--hub\): is not a URL/);
  assert.match(config.stderr, /"mend":/);
  assert.equal(bug.code, 1);
  assert.match(bug.stderr, /boom/);
  assert.doesNotMatch(bug.stderr, /hunter2/);
  assert.equal(stray.code, 1);
  assert.deepEqual([help.code, help.stdout], [0, 'how to\n']);
  assert.equal(flags.stdout, '{"a":"b"}\n');
});

// Tests of the supervision of one program, with real programs that crash, refuse, hang and live on.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LogFile } from './log-file.ts';
import { ManagedProgram, type ProgramState } from './managed-program.ts';

interface Rig {
  readonly program: ManagedProgram;
  readonly logPath: string;
  /** The next state that the program came into. */
  next(): Promise<ProgramState>;
}

async function startScript(t: TestContext, script: string, mustStart = false): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-program-'));
  const main = join(folder, 'main.mjs');
  writeFileSync(main, script);
  const log = await LogFile.open(join(folder, 'program.log'));
  const states: ProgramState[] = [];
  const waiting: ((state: ProgramState) => void)[] = [];
  let starts = 0;
  const program = ManagedProgram.start({
    name: 'program',
    main,
    args: () => [String(++starts)],
    env: () => process.env,
    nodePath: process.execPath,
    log,
    mustStart,
    onState: (state) => {
      const wake = waiting.shift();
      if (wake === undefined) states.push(state);
      else wake(state);
    },
  });
  t.after(async () => {
    await program[Symbol.asyncDispose]();
    await log[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const next = (): Promise<ProgramState> => {
    const state = states.shift();
    return state === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(state);
  };
  return { program, next, logPath: log.path };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const livesOn = "process.send({ type: 'ready', port: 7 }); setInterval(() => {}, 1000);";

test('a program that is ready says so, and is gone after its end', async (t) => {
  const { program, next } = await startScript(t, livesOn);
  assert.deepEqual(await next(), { state: 'ready', message: { port: 7 } });
  const { pid } = program;
  assert.ok(pid !== undefined && isAlive(pid));
  await program[Symbol.asyncDispose]();
  assert.ok(!isAlive(pid));
});

test('a program that crashed is started again, and its log tells why', async (t) => {
  const script = `if (process.argv[2] === '1') { console.error(JSON.stringify({ level: 60, msg: 'no luck', mend: 'wait' })); process.exit(1); }\n${livesOn}`;
  const { next, logPath } = await startScript(t, script);
  assert.deepEqual(await next(), {
    state: 'crashed',
    reason: { message: 'no luck', mend: 'wait' },
    retryMs: 500,
  });
  assert.equal((await next()).state, 'ready');
  assert.match(readFileSync(logPath, 'utf8'), /no luck/);
});

test('an uncaught error is told by its message', async (t) => {
  const { next } = await startScript(t, "throw new TypeError('boom')", true);
  assert.deepEqual(await next(), { state: 'failed', reason: { message: 'TypeError: boom' } });
});

test('a program that cannot work here is not started again', async (t) => {
  const script =
    "process.send({ type: 'failed', reason: 'no BTF', mend: 'another kernel' }, () => process.exit(3));";
  const { next } = await startScript(t, script);
  assert.deepEqual(await next(), { state: 'failed', reason: { message: 'no BTF', mend: 'another kernel' } });
});

test('a program that is not there fails with a reason', async (t) => {
  const { next } = await startScript(t, "await import('./nowhere.mjs')", true);
  const state = await next();
  assert.ok(state.state === 'failed');
  assert.match(state.reason.message, /Cannot find module/);
});

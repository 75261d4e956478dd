// `yagura`: runs one command in this process.
import { homedir } from 'node:os';
import process from 'node:process';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { run } from './run.ts';
import type { Terminal } from './terminal/terminal.ts';

const abort = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort(new DOMException(`ended by ${name}`, 'AbortError'));
  });
}
// `yagura … | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const wantsColours = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';

const terminal: Terminal = {
  input: process.stdin,
  isOutputTty: Boolean(process.stdout.isTTY),
  isErrorTty: Boolean(process.stderr.isTTY),
  hasOutputColours: wantsColours(process.stdout),
  hasErrorColours: wantsColours(process.stderr),
  columns: process.stdout.columns ?? Number.POSITIVE_INFINITY,
  env: process.env,
  isRoot: process.geteuid?.() === 0,
  homeFolder: homedir(),
  nodePath: process.execPath,
  nodeVersion: process.versions.node,
  pid: process.pid,
  signal: abort.signal,
  now: Date.now,
  print: (text) =>
    new Promise((resolve) => {
      process.stdout.write(text, () => resolve());
    }),
  trust: (authorities) => setDefaultCACertificates([...getCACertificates('default'), authorities]),
  note: (text) => void process.stderr.write(text),
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

await run(process.argv.slice(2), terminal);
process.exit();

// Runs the real program in this one's place: same terminal, its signals, its exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** A terminal sends Ctrl-C to the whole foreground group, so the program has had it already. */
const isSentByTerminal = (signal) => process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');

const endAs = (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of forwarded) process.removeAllListeners(name);
  process.kill(process.pid, signal);
  // A signal that is ignored here leaves the shell's convention as the next best thing.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
};

export const handOver = (node, args, options) => {
  const child = spawn(node, args, { stdio: 'inherit', ...options });
  for (const name of forwarded) {
    process.on(name, () => {
      if (!isSentByTerminal(name)) child.kill(name);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`yagura: ${node} does not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', endAs);
};

// Runs one command line against a terminal.
import { CommanderError } from 'commander';
import { buildProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';
import type { Terminal } from './terminal/terminal.ts';

/** `words` as a shell hands them over, without the program's own name. The exit code is 0 unless a command sets one. */
export async function run(words: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await buildProgram(terminal).parseAsync([...words], { from: 'user' });
  } catch (error) {
    // Help and version end this way too, with code 0.
    const isUsage = error instanceof CommanderError;
    terminal.setExitCode(
      isUsage ? error.exitCode : reportFailure(error, terminal, words.includes('--verbose')),
    );
  }
}

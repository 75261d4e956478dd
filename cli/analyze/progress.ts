// One line on standard error that says how far reading is.
import type { Terminal } from '../terminal/terminal.ts';
import type { Input } from './read-input.ts';
import type { Tally } from './tally.ts';

const everyMs = 200;

export interface Progress {
  /** Draws the line when it is time to. */
  show(input: Input, tally: Tally): void;
  /** Takes the line away. */
  clear(): void;
}

const silent: Progress = { show: () => {}, clear: () => {} };

export function createProgress(terminal: Terminal, isQuiet: boolean): Progress {
  if (!terminal.isErrorTty || isQuiet) return silent;
  const startedAt = terminal.now();
  let shownAt = startedAt;
  let isShown = false;
  return {
    show(input, tally) {
      const now = terminal.now();
      if (now - shownAt < everyMs) return;
      shownAt = now;
      isShown = true;
      const percent = input.sizeBytes ? ` ${Math.floor((100 * input.takenBytes()) / input.sizeBytes)}%` : '';
      const megabytes = (input.takenBytes() / 1e6).toFixed(0);
      const rate = Math.round((1000 * tally.eventsTotal) / Math.max(1, now - startedAt));
      const line = `${input.name}:${percent} ${megabytes} MB, ${tally.eventsTotal} events, ${rate} a second`;
      terminal.note(`\r\x1b[K${line.slice(-(Math.min(terminal.columns, 120) - 1))}`);
    },
    clear() {
      if (isShown) terminal.note('\r\x1b[K');
      isShown = false;
    },
  };
}

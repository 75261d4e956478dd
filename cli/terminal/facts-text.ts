// How one alert or one incident is laid out: a heading, then named sections, those that hold nothing left out.
import { relativeTime } from './relative-time.ts';
import { paintFor } from './style.ts';
import type { Terminal } from './terminal.ts';

export interface FactsText {
  /** A time with its age. */
  age(time: string): string;
  section(name: string, lines: readonly string[]): readonly string[];
}

export function factsText(terminal: Terminal): FactsText {
  const paint = paintFor(terminal.hasOutputColours);
  return {
    age: (time) => `${time} (${relativeTime(time, terminal.now())})`,
    section: (name, lines) =>
      lines.length === 0 ? [] : ['', paint('bold', name), ...lines.map((line) => `  ${line}`)],
  };
}

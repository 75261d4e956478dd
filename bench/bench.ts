// The shape of a bench: it runs for some seconds and tells its figures as they come.
import type { Figure } from './figure.ts';

export interface BenchOptions {
  /** A real log to measure with, in place of a mix. */
  readonly file?: string;
  /** How many events to go through, for a bench that can say something of any number. */
  readonly events?: number;
}

export interface Bench {
  readonly describe: string;
  readonly run: (options: BenchOptions) => AsyncIterable<Figure>;
}

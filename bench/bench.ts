// The shape of a bench: it runs for some seconds and tells its figures as they come.
import type { Figure } from './figure.ts';

export interface Bench {
  readonly describe: string;
  readonly run: () => AsyncIterable<Figure>;
}

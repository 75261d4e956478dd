// What a fuzz target is: texts to begin with, words to put in, and what is done with each mutated text.

export interface FuzzTarget {
  readonly describe: string;
  /** Sound inputs, which are mutated. */
  readonly seeds: () => Promise<readonly string[]>;
  /** Words of the input's own language: mutations of them reach deeper than those of letters. */
  readonly words: readonly string[];
  /** Longest input, in characters: the time limit is for inputs of a sane size. */
  readonly longest: number;
  /** Must return for any text, within the time limit; what it throws is a finding. Its result is counted by kind. */
  readonly run: (text: string) => string;
}

// The shape of a structure check: the house in, what is wrong with it out.
import type { House } from '../house/house.ts';

export interface Check {
  /** The rule as a sentence; the test's name. */
  readonly rule: string;
  readonly problems: (house: House) => readonly string[];
}

// Regular expressions in RE2's syntax, matched in time that is linear in the text.
import { RE2JS } from 're2js';

/** Longer than any pattern that a person can still read. */
const patternLimit = 1_000;
/** All `{n}` of a pattern together: counts are written out when it is compiled. */
const repeatLimit = 256;
/** Steps of the compiled pattern; a match costs at most so many times the length of the text. */
const stepLimit = 600;
/** Longest text that is looked at, as with `glob`. */
const textLimit = 4_096;

const repeats = (pattern: string): number =>
  [...pattern.matchAll(/\{(\d*),?(\d*)\}/g)].reduce(
    (sum, [, low, high]) => sum + Math.max(Number(low), Number(high)),
    0,
  );

const compile = (pattern: string): RE2JS => RE2JS.compile(pattern);

/** Why the pattern cannot be used; nothing when it can. */
export function regexMistake(pattern: string): string | undefined {
  if (pattern.length > patternLimit)
    return `the regular expression is longer than ${patternLimit} characters`;
  if (repeats(pattern) > repeatLimit) return `the regular expression repeats more than ${repeatLimit} times`;
  try {
    return compile(pattern).programSize() > stepLimit
      ? `the regular expression has more than ${stepLimit} steps`
      : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `no regular expression: ${reason.replace(/^error parsing regexp: /, '')}`;
  }
}

/** The whole text must fit, as in Falco. */
export function compileRegex(pattern: string): (text: string) => boolean {
  const regex = compile(pattern);
  return (text) => regex.testExact(text.length > textLimit ? text.slice(0, textLimit) : text);
}

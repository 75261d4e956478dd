// Options among the arguments of a command, found as getopt(3) would.

interface OptionPattern {
  readonly flags: ReadonlySet<string>;
  readonly valued: ReadonlySet<string>;
}

/** `lp:e:`: `-l` stands alone, `-p` and `-e` take a value. */
function readPattern(pattern: string): OptionPattern {
  const options = [...pattern.matchAll(/([^:\s])(:?)/g)];
  const named = (colon: string): ReadonlySet<string> =>
    new Set(options.filter((option) => option[2] === colon).map((option) => option[1] ?? ''));
  return { flags: named(''), valued: named(':') };
}

/** Letters of the options that are there, each followed by its value; unknown options and plain words are passed over. */
export function readOptions(words: readonly string[], pattern: string): readonly string[] {
  const { flags, valued } = readPattern(pattern);
  const found: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (word.length < 2 || !word.startsWith('-')) continue;
    for (let letterAt = 1; letterAt < word.length; letterAt += 1) {
      const letter = word[letterAt] ?? '';
      if (flags.has(letter)) found.push(letter);
      if (!valued.has(letter)) continue;
      const rest = word.slice(letterAt + 1);
      const value = rest === '' ? words[at + 1] : rest;
      found.push(letter, ...(value === undefined ? [] : [value]));
      if (rest === '') at += 1;
      break;
    }
  }
  return found;
}

// Shell patterns (`*`, `?`, `[a-z]`) without regular expressions, so that no pattern can make matching explode.

type Test = (value: string) => boolean;

/** Patterns with stars alone are a chain of `indexOf`: linear in the text. */
function starsOnly(pattern: string): Test {
  const pieces = pattern.split('*');
  const head = pieces[0] ?? '';
  const tail = pieces.at(-1) ?? '';
  if (pieces.length === 1) return (value) => value === pattern;
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '');
  return (value) => {
    if (value.length < head.length + tail.length) return false;
    if (!value.startsWith(head) || !value.endsWith(tail)) return false;
    let at = head.length;
    const end = value.length - tail.length;
    for (const piece of middle) {
      const found = value.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

interface Step {
  readonly star: boolean;
  readonly accepts: (char: string) => boolean;
}

function readClass(pattern: string, open: number): { step: Step; next: number } | undefined {
  const isNegated = pattern[open + 1] === '!' || pattern[open + 1] === '^';
  const first = open + (isNegated ? 2 : 1);
  const close = pattern.indexOf(']', first + 1);
  if (close < 0) return undefined;
  const body = pattern.slice(first, close);
  const accepts = (char: string): boolean => {
    for (let i = 0; i < body.length; i += 1) {
      const low = body[i] ?? '';
      const high = body[i + 1] === '-' && i + 2 < body.length ? (body[i + 2] ?? low) : low;
      if (char >= low && char <= high) return true;
      if (high !== low) i += 2;
    }
    return false;
  };
  return {
    step: { star: false, accepts: isNegated ? (char) => !accepts(char) : accepts },
    next: close + 1,
  };
}

function readSteps(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; ) {
    const char = pattern[at] ?? '';
    const group = char === '[' ? readClass(pattern, at) : undefined;
    if (group !== undefined) {
      steps.push(group.step);
      at = group.next;
      continue;
    }
    const literal = char === '\\' && at + 1 < pattern.length ? (pattern[at + 1] ?? '') : char;
    const isWild = char === '?';
    steps.push({ star: char === '*', accepts: isWild ? () => true : (other) => other === literal });
    at += char === '\\' && at + 1 < pattern.length ? 2 : 1;
  }
  return steps;
}

/** Longest text that a pattern with `?`, `[…]` or an escape looks at: its cost is the product of both lengths. */
const steppedLimit = 4096;

function stepped(pattern: string): Test {
  const steps = readSteps(pattern);
  return (whole) => {
    const value = whole.length > steppedLimit ? whole.slice(0, steppedLimit) : whole;
    let step = 0;
    let at = 0;
    let starStep = -1;
    let starAt = 0;
    while (at < value.length) {
      const current = steps[step];
      if (current?.star) {
        starStep = step;
        starAt = at;
        step += 1;
      } else if (current?.accepts(value[at] ?? '')) {
        step += 1;
        at += 1;
      } else if (starStep >= 0) {
        step = starStep + 1;
        starAt += 1;
        at = starAt;
      } else return false;
    }
    while (steps[step]?.star) step += 1;
    return step === steps.length;
  };
}

/** `*` matches any text, `/` included, as `glob` does in Falco. */
export const compileGlob = (pattern: string): Test =>
  /[?[\\]/.test(pattern) ? stepped(pattern) : starsOnly(pattern);

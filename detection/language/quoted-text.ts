// Text in quotes, with Falco's escapes.

/** What stands behind a backslash, and what both together mean. Falco reads `\ ` as a backslash. */
const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  ' ': '\\',
  '\\': '\\',
  '/': '/',
};

export type QuotedText =
  | { readonly ok: true; readonly text: string; readonly end: number }
  | { readonly ok: false; readonly message: string; readonly expected: string; readonly at: number };

function escapeAt(text: string, at: number): { readonly value: string; readonly length: number } | undefined {
  const next = text[at + 1] ?? '';
  if (next === 'x' && /^[0-9a-fA-F]{2}$/.test(text.slice(at + 2, at + 4)))
    return { value: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 4), 16)), length: 4 };
  const value = Object.hasOwn(escapes, next) ? escapes[next] : undefined;
  return value === undefined ? undefined : { value, length: 2 };
}

/** `open` is where the opening quote stands, `end` is behind the closing one. */
export function readQuotedText(text: string, open: number): QuotedText {
  const quote = text[open] ?? '"';
  let value = '';
  for (let at = open + 1; at < text.length; ) {
    const char = text[at] ?? '';
    if (char === quote) return { ok: true, text: value, end: at + 1 };
    if (char !== '\\') {
      value += char;
      at += 1;
      continue;
    }
    const unit = text[at + 1] === quote ? { value: quote, length: 2 } : escapeAt(text, at);
    if (unit === undefined)
      return {
        ok: false,
        message: `unknown escape "${text.slice(at, at + 2)}"`,
        expected: `\\\\ for a backslash, or one of \\${quote} \\n \\t \\r \\b \\f \\/ \\xHH`,
        at,
      };
    value += unit.value;
    at += unit.length;
  }
  return { ok: false, message: 'the text is not closed', expected: `a closing ${quote}`, at: open };
}

/** Falco's lists keep quotes that YAML left in an item: `'"(systemd)"'` is the value `(systemd)`. */
export function unwrapQuotes(text: string): string | undefined {
  const first = text[0];
  if (text.length < 2 || (first !== '"' && first !== "'") || text.at(-1) !== first) return undefined;
  const read = readQuotedText(text, 0);
  return read.ok && read.end === text.length ? read.text : undefined;
}

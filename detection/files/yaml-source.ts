// Maps text inside a YAML scalar, folded or quoted, back to line and column of the file.
import { type LineCounter, Scalar } from 'yaml';
import type { SourceText, Span } from '../language/source-text.ts';

export interface YamlFile {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
}

export function locateIn(yaml: YamlFile, offset: number): { line: number; column: number } {
  const { line, col } = yaml.lines.linePos(Math.min(offset, yaml.text.length));
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

const isSpace = (char: string | undefined): boolean =>
  char === ' ' || char === '\n' || char === '\t' || char === '\r';

/** Where the value's first character may stand: behind the quote, or on the line below `|` and `>`. */
function contentStart(yaml: YamlFile, scalar: Scalar): number {
  const start = scalar.range?.[0] ?? 0;
  if (scalar.type === Scalar.BLOCK_FOLDED || scalar.type === Scalar.BLOCK_LITERAL) {
    const lineEnd = yaml.text.indexOf('\n', start);
    return lineEnd < 0 ? start : lineEnd + 1;
  }
  const isQuoted = scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE;
  return isQuoted ? start + 1 : start;
}

/** Offsets in the file for each character of the value: folding changes only blanks, so the rest lines up. */
function alignment(yaml: YamlFile, scalar: Scalar, value: string): number[] {
  const offsets: number[] = [];
  let raw = contentStart(yaml, scalar);
  const end = scalar.range?.[1] ?? yaml.text.length;
  for (const char of value) {
    if (isSpace(char)) {
      offsets.push(raw);
      if (isSpace(yaml.text[raw])) raw += 1;
      continue;
    }
    while (raw < end && yaml.text[raw] !== char) raw += 1;
    offsets.push(raw);
    raw += 1;
  }
  offsets.push(Math.min(raw, end));
  return offsets;
}

export function scalarSource(yaml: YamlFile, scalar: Scalar): SourceText {
  const text = typeof scalar.value === 'string' ? scalar.value : String(scalar.source ?? scalar.value ?? '');
  let offsets: number[] | undefined;
  return {
    file: yaml.file,
    text,
    locate: (offset) => {
      offsets ??= alignment(yaml, scalar, text);
      return locateIn(yaml, offsets[Math.min(offset, offsets.length - 1)] ?? 0);
    },
  };
}

/** A span for a node that is not text of the rule language itself. */
export function nodeSpan(yaml: YamlFile, offset: number): Span {
  return { source: { file: yaml.file, text: '', locate: () => locateIn(yaml, offset) }, start: 0, end: 0 };
}

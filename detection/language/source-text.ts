// A piece of rule language together with the place in the file that it was read from.

export interface Position {
  readonly line: number;
  readonly column: number;
  /** Where it is another file than that of the text: what one file appends to another. */
  readonly file?: string;
}

/** `text` may be a folded YAML scalar; `locate` maps an offset in it back to line and column of the file, from 1. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly locate: (offset: number) => Position;
}

export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** A text that stands alone, for tests and for conditions typed by hand. */
export function plainSource(text: string, file = '<condition>'): SourceText {
  return {
    file,
    text,
    locate: (offset) => {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    },
  };
}

/** Two pieces as one, with a blank between them: what `append` makes. Each keeps its own place. */
export function joinSources(first: SourceText, second: SourceText): SourceText {
  const text = `${first.text.trimEnd()} `;
  return {
    file: first.file,
    text: `${text}${second.text}`,
    locate: (offset) =>
      offset < text.length
        ? first.locate(offset)
        : { file: second.file, ...second.locate(offset - text.length) },
  };
}

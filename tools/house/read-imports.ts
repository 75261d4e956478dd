// Reads what a TypeScript file imports out of its text; the formatter sees to it that a regular expression is enough.

export interface Import {
  readonly specifier: string;
  readonly isDynamic: boolean;
  readonly line: number;
}

/** Statements begin a line; `[^;'"]` keeps one match within one statement. */
const statement = /^(?:import|export)\s(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm;
const call = /\b(?:import|import\.meta\.resolve|require\.resolve)\(\s*'([^']+)'\s*\)/g;

const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/^(\s*)\/\/.*$/gm, '$1');

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

export const readImports = (text: string): readonly Import[] => {
  const code = withoutComments(text);
  const found = (pattern: RegExp, isDynamic: boolean): Import[] =>
    [...code.matchAll(pattern)].map((match) => ({
      specifier: match[1] ?? '',
      isDynamic,
      line: lineOf(code, match.index),
    }));
  return [...found(statement, false), ...found(call, true)];
};

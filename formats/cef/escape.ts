// CEF's escaping: nothing in an alert can end a field, begin another, or break the line.

/** C0, C1 and the separators that some readers take for line breaks; tabs and breaks are dealt with before. */
const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
};

const withoutControls = (text: string): string =>
  Array.from(text, (character) => (isControl(character) ? ' ' : character)).join('');

const cut = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit - 1).toWellFormed()}…` : text.toWellFormed();

/** In the header `|` and `\` are escaped, and there is no line break. */
export const cefHeader = (text: string, limit: number): string =>
  withoutControls(cut(text, limit)).replaceAll('\\', '\\\\').replaceAll('|', '\\|');

/** In a value `=` and `\` are escaped, and line breaks are written as `\n`. */
export const cefValue = (text: string, limit: number): string =>
  cut(text, limit)
    .split(/\r\n|\r|\n/)
    .map((line) => withoutControls(line).replaceAll('\\', '\\\\').replaceAll('=', '\\='))
    .join('\\n');

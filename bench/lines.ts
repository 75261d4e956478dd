// NDJSON bytes and the walk over their lines, the same for what is measured and for its limit.

export interface Lines {
  readonly bytes: Buffer;
  readonly count: number;
}

export function linesOf(values: readonly string[]): Lines {
  const bytes = Buffer.from(`${values.join('\n')}\n`);
  return { bytes, count: values.length };
}

export function eachLine({ bytes }: Lines, visit: (line: string) => void): void {
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    visit(bytes.toString('utf8', start, end));
    start = end + 1;
  }
}

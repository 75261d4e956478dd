// The last lines that a program wrote, and what they say of why it ended.

const maxLines = 40;
const maxLineChars = 4096;

export interface Reason {
  readonly message: string;
  readonly mend?: string;
}

export class RecentLines {
  readonly #lines: string[] = [];
  #rest = '';

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, maxLineChars);
    this.#lines.push(...lines.slice(-maxLines).map((line) => line.slice(0, maxLineChars)));
    this.#lines.splice(0, this.#lines.length - maxLines);
  }

  /** The last line that a logger wrote as an error, else what Node says of an uncaught one, else the last line there is. */
  reason(): Reason | undefined {
    const lines = [...this.#lines, this.#rest].filter((line) => line.trim() !== '').toReversed();
    for (const line of lines) {
      const entry = logEntry(line);
      if (entry !== undefined) return entry;
    }
    const [last] = [...lines.filter((line) => /^\s*\w*Error\b.*: /.test(line)), ...lines];
    return last === undefined ? undefined : { message: last };
  }
}

/** Pino writes its levels as numbers, or as names where it is told to; 50 is `error`. */
function logEntry(line: string): Reason | undefined {
  try {
    const { level, msg, mend, err } = JSON.parse(line) as Record<string, unknown>;
    const isError = level === 'error' || level === 'fatal' || (typeof level === 'number' && level >= 50);
    const told = typeof msg === 'string' ? msg : (err as { message?: unknown } | undefined)?.message;
    if (!isError || typeof told !== 'string') return undefined;
    return { message: told, ...(typeof mend === 'string' ? { mend } : {}) };
  } catch {
    return undefined;
  }
}

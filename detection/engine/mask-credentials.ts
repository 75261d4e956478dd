// Takes passwords and tokens out of command lines before an alert keeps them. Rules have seen the whole by then.
import type { Ancestor, NodeEvent } from '@yagura/contracts';

export const masked = '[masked]';

/** Ends of names that have a credential as their value: `--db-password`, `AWS_SECRET_ACCESS_KEY`, `apiKey`. */
const key =
  '[\\w.-]{0,48}?(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)';

interface Mask {
  readonly pattern: RegExp;
  readonly by: string;
}

/** Each is tried in turn; all repetitions are bounded, so that no text takes long. */
const masks: readonly Mask[] = [
  {
    pattern: /\b(authorization["']?\s{0,4}[:=]\s{0,4}(?:(?:basic|bearer|token|negotiate)\s{1,4})?)[^\s"']+/gi,
    by: '$1',
  },
  { pattern: /\b((?:x-[\w-]{0,32}(?:token|key)|private-token|cookie)\s{0,4}:\s{0,4})[^"']+/gi, by: '$1' },
  { pattern: /(:\/\/[^\s:/@]{0,128}:)[^\s@/]{1,512}(?=@)/g, by: '$1' },
  { pattern: new RegExp(`(^|[\\s"'&?;,{])(${key}=)(?:"[^"]*"|'[^']*'|[^\\s"'&;]+)`, 'gi'), by: '$1$2' },
  {
    pattern: new RegExp(`(^|\\s)(--?${key}\\s{1,4})(?:"[^"]*"|'[^']*'|[^\\s"'-][^\\s"']*)`, 'gi'),
    by: '$1$2',
  },
  {
    pattern: /\b((?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\b[^|;&]{0,256}?\s-p)[^\s"']+/g,
    by: '$1',
  },
  { pattern: /\b((?:sshpass\b[^|;&]{0,64}?\s-p|redis-cli\b[^|;&]{0,256}?\s-a)\s{0,4})[^\s"']+/g, by: '$1' },
  {
    pattern: /\b(curl\b[^|;&]{0,512}?\s(?:-u|--user|-U|--proxy-user)[\s=]{0,4}[^\s:"']{1,128}:)[^\s"']+/g,
    by: '$1',
  },
  // A token is sought near the beginning of a word only: else a word that is full of beginnings takes its length squared.
  { pattern: /(?<![\w-])([\w-]{0,64}?\b)eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, by: '$1' },
];

/** What runs long is cut elsewhere; this is only about the time that it takes. */
const textLimit = 16 * 1024;

export function maskText(text: string): string {
  if (text.length > textLimit) return maskText(text.slice(0, textLimit));
  return masks.reduce((rest, { pattern, by }) => rest.replace(pattern, `${by}${masked}`), text);
}

/** A separator that no argument holds, and that counts as a blank; an argument may have blanks of its own. */
const between = '\u2028';

const flag = new RegExp(`^--?${key}$`, 'i');
const flagWithValue = new RegExp(`^(--?${key}=).*`, 'is');

/** An argument is masked as a whole, whatever blanks it has. */
const maskWhole = (arg: string, index: number, args: readonly string[]): string =>
  flag.test(args[index - 1] ?? '') && !arg.startsWith('-')
    ? masked
    : arg.replace(flagWithValue, `$1${masked}`);

/** Then all are looked at together, because some flags mean a credential for some programs only. */
export function maskArgs(args: readonly string[]): string[] {
  const whole = args.map(maskWhole);
  if (whole.some((arg) => arg.includes(between))) return whole.map(maskText);
  return maskText(whole.join(between)).split(between);
}

const maskAncestor = (ancestor: Ancestor): Ancestor =>
  Array.isArray(ancestor.args) ? { ...ancestor, args: maskArgs(ancestor.args) } : ancestor;

/** The event with the command lines of its process and of all ancestors masked. */
export function maskCommandLines<E extends NodeEvent>(event: E): E {
  const { process, ancestors } = event;
  return {
    ...event,
    process: Array.isArray(process?.args) ? { ...process, args: maskArgs(process.args) } : process,
    ...(Array.isArray(ancestors) ? { ancestors: ancestors.map(maskAncestor) } : {}),
  };
}

/** As `maskText`, for the value of a field. */
export const maskValue = (value: unknown): unknown => {
  if (typeof value === 'string') return maskText(value);
  return Array.isArray(value) ? value.map(maskValue) : value;
};

// The `output` of a rule: text with `%field` or `%transformer(field)` in it, in Falco's form.
import type { FieldValue } from '../fields/field.ts';
import type { Cursor } from '../language/cursor.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { SourceText } from '../language/source-text.ts';
import { transformers } from '../language/transformers.ts';
import { bindExtraction, parseExtraction } from './bind-extraction.ts';
import { bindField } from './bind-field.ts';
import type { BoundField } from './typed-condition.ts';

export type OutputTemplate = readonly (string | BoundField)[];

const callAhead = new RegExp(`(?:${Object.keys(transformers).join('|')})\\(`, 'y');
const fieldAhead = /([a-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+)(?:\[([^\]]*)\])?/y;

interface Placeholder {
  readonly part: BoundField | undefined;
  readonly end: number;
}

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

function readCall(source: SourceText, at: number, problems: RuleProblem[]): Placeholder {
  const cursor: Cursor = { source, at };
  const call = parseExtraction(cursor, problems);
  const part = call === undefined ? undefined : bindExtraction(call, problems);
  return { part, end: Math.max(cursor.at, at) };
}

/** Without a field's name behind it, a percent sign is one. */
function readPlaceholder(source: SourceText, at: number, problems: RuleProblem[]): Placeholder | undefined {
  const { text } = source;
  if (matchAt(callAhead, text, at) !== null) return readCall(source, at, problems);
  const match = matchAt(fieldAhead, text, at);
  if (match === null) return undefined;
  const [whole, name = '', argument] = match;
  const end = at + whole.length;
  const found = bindField(name, argument);
  if (!found.ok) problems.push(problemAt({ source, start: at - 1, end }, found.message, found.expected));
  return { part: found.ok ? found.bound : undefined, end };
}

export function parseOutput(source: SourceText): {
  template: OutputTemplate;
  problems: readonly RuleProblem[];
} {
  const { text } = source;
  const template: (string | BoundField)[] = [];
  const problems: RuleProblem[] = [];
  // Falco's older outputs begin with a star: show the alert though a field has no value. It is always so here.
  let from = text.startsWith('*') ? 1 : 0;
  for (let at = text.indexOf('%', from); at >= 0; at = text.indexOf('%', at + 1)) {
    const found = readPlaceholder(source, at + 1, problems);
    if (found === undefined) continue;
    if (at > from) template.push(text.slice(from, at));
    if (found.part !== undefined) template.push(found.part);
    from = found.end;
    at = Math.max(at, from - 1);
  }
  if (from < text.length) template.push(text.slice(from));
  return { template, problems };
}

const valueLimit = 512;
const messageLimit = 4096;

const shown = (value: FieldValue): string => {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return '<NA>';
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.length > valueLimit ? `${text.slice(0, valueLimit)}…` : text;
};

/** What an event does not have shows as `<NA>`. */
export function renderOutput(template: OutputTemplate, read: (bound: BoundField) => FieldValue): string {
  const text = template
    .map((part) => (typeof part === 'string' ? part : shown(read(part))))
    .join('')
    .trim();
  return text.length > messageLimit ? `${text.slice(0, messageLimit)}…` : text;
}

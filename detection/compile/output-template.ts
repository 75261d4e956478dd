// The `output` of a rule: text with `%field` in it, in Falco's form.
import type { FieldValue } from '../fields/field.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { SourceText } from '../language/source-text.ts';
import { bindField } from './bind-field.ts';
import type { BoundField } from './typed-condition.ts';

export type OutputTemplate = readonly (string | BoundField)[];

const placeholder = /%([a-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+)(?:\[([^\]]*)\])?/g;

export function parseOutput(source: SourceText): {
  template: OutputTemplate;
  problems: readonly RuleProblem[];
} {
  const template: (string | BoundField)[] = [];
  const problems: RuleProblem[] = [];
  let at = 0;
  for (const match of source.text.matchAll(placeholder)) {
    const [whole, name = '', argument] = match;
    const found = bindField(name, argument);
    const start = match.index;
    if (start > at) template.push(source.text.slice(at, start));
    if (found.ok) template.push(found.bound);
    else
      problems.push(problemAt({ source, start, end: start + whole.length }, found.message, found.expected));
    at = start + whole.length;
  }
  if (at < source.text.length) template.push(source.text.slice(at));
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

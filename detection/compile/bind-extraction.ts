// From a field or transformers around fields, as written, to something that reads an event.
import type { AlertSource } from '@yagura/contracts';
import { eventKinds } from '../fields/evt.ts';
import type { FieldValue } from '../fields/field.ts';
import type { CallArgument, Extraction, TransformerCall } from '../language/condition.ts';
import { ConditionError } from '../language/condition-error.ts';
import { type Cursor, readName, skipSpace } from '../language/cursor.ts';
import { readExtraction } from '../language/parse-extraction.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { SourceText } from '../language/source-text.ts';
import { transformers, type Value } from '../language/transformers.ts';
import { bindField } from './bind-field.ts';
import type { BoundField } from './typed-condition.ts';

const alertSources: readonly AlertSource[] = ['syscall', 'k8s_audit'];

/** Undefined when there was a mistake; it is then among the problems. */
type Bound = BoundField | undefined;

/** Values of all parts, one behind the other; nothing when one is missing. */
function readList(parts: readonly BoundField[]): BoundField['read'] {
  return (event, data) => {
    const values: Exclude<FieldValue, undefined | readonly unknown[]>[] = [];
    for (const { read } of parts) {
      const value = read(event, data);
      if (value === undefined || value === null) return undefined;
      if (Array.isArray(value)) values.push(...value);
      else values.push(value as (typeof values)[number]);
    }
    return values;
  };
}

/** Sources and kinds that all parts have; a text that is written down has all. */
function commonOf(parts: readonly BoundField[]): Pick<BoundField['field'], 'sources' | 'kinds'> {
  const fields = parts.map(({ field }) => field);
  return {
    sources: alertSources.filter((source) => fields.every((field) => field.sources.includes(source))),
    kinds: eventKinds.filter((kind) => fields.every((field) => field.kinds.includes(kind))),
  };
}

type Made = Pick<BoundField, 'key' | 'read'> & Pick<BoundField['field'], 'type' | 'isList'>;

const made = ({ key, read, type, isList }: Made, parts: readonly BoundField[]): BoundField => ({
  key,
  field: {
    name: key,
    type,
    isList,
    isAncestry: isList && parts.some(({ field }) => field.isAncestry === true),
    ...commonOf(parts),
  },
  read,
  parts,
});

function bindArgument(argument: CallArgument, problems: RuleProblem[]): Bound {
  switch (argument.kind) {
    case 'text': {
      const { text } = argument;
      return made({ key: JSON.stringify(text), read: () => text, type: 'text', isList: false }, []);
    }
    case 'list': {
      const parts = argument.items.map((item) => bindArgument(item, problems));
      const whole = parts.filter((part) => part !== undefined);
      if (whole.length < parts.length) return undefined;
      const key = `(${whole.map((part) => part.key).join(', ')})`;
      return made({ key, read: readList(whole), type: 'text', isList: true }, whole);
    }
    default:
      return bindExtraction(argument, problems);
  }
}

function bindCall(call: TransformerCall, problems: RuleProblem[]): Bound {
  const parts = call.arguments.map((argument) => bindArgument(argument, problems));
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length < parts.length) return undefined;
  const { shapeOf, apply } = transformers[call.name];
  const shape = shapeOf(whole.map(({ field }) => field));
  if (typeof shape === 'string') {
    problems.push(problemAt(call.span, `\`${call.name}()\` does not fit its arguments`, shape));
    return undefined;
  }
  const key = `${call.name}(${whole.map((part) => part.key).join(', ')})`;
  return made({ key, read: readCall(whole, apply), ...shape }, whole);
}

/** Most calls have one argument: these need no list of values. */
function readCall(
  parts: readonly BoundField[],
  apply: (values: readonly Value[]) => Value,
): BoundField['read'] {
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return (event, data) => apply([only.read(event, data) ?? undefined]);
  return (event, data) => apply(parts.map(({ read }) => read(event, data) ?? undefined));
}

export function bindExtraction(extraction: Extraction, problems: RuleProblem[]): Bound {
  if (extraction.kind === 'call') return bindCall(extraction, problems);
  const found = bindField(extraction.name, extraction.argument);
  if (found.ok) return found.bound;
  problems.push(problemAt(extraction.span, found.message, found.expected));
  return undefined;
}

/** Reads the extraction at the cursor, or tells the mistake at its place. */
export function parseExtraction(cursor: Cursor, problems: RuleProblem[]): Extraction | undefined {
  const start = cursor.at;
  try {
    const name = readName(cursor);
    if (name !== undefined) return readExtraction(cursor, { name, start, depth: 0 });
    problems.push(problemAt({ source: cursor.source, start, end: start }, 'no field', 'the name of a field'));
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    problems.push(problemAt(error.span, error.message, error.expected));
  }
  return undefined;
}

/** A text that is one field, or one call, and nothing else: of `fields`, `dedupe`, `by`. */
export function parseWholeExtraction(source: SourceText, problems: RuleProblem[]): Extraction | undefined {
  const cursor: Cursor = { source, at: 0 };
  skipSpace(cursor);
  const extraction = parseExtraction(cursor, problems);
  skipSpace(cursor);
  if (extraction === undefined || cursor.at === source.text.length) return extraction;
  problems.push(problemAt({ source, start: cursor.at, end: cursor.at }, 'unexpected text behind a field'));
  return undefined;
}

export function bindText(source: SourceText, problems: RuleProblem[]): Bound {
  const extraction = parseWholeExtraction(source, problems);
  return extraction === undefined ? undefined : bindExtraction(extraction, problems);
}

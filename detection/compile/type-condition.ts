// Checks a condition against the field catalogue and puts macros and lists in; tells all mistakes, not only the first.
import type { Comparison, Condition, Extraction, Literal, MacroUse } from '../language/condition.ts';
import { type OperatorName, operators, type Scalar } from '../language/operators.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
import { bindExtraction } from './bind-extraction.ts';
import { type Definitions, type ExpandedMacro, expandLists, nestingLimit } from './definitions.ts';
import { listAsText } from './list-as-text.ts';
import { fieldAsText, typeLiteral } from './type-literal.ts';
import type { BoundField, TypedCondition } from './typed-condition.ts';

/** More tests than any rule needs; macros that double each other would grow without bound. */
const sizeLimit = 10_000;

/** Levels of a condition once macros are put in; what compiles it goes down as many calls. */
const depthLimit = 1_000;

/** Mistakes of one condition that are told: who has more has another kind of file. */
const mistakeLimit = 50;

interface Typing {
  readonly definitions: Definitions;
  readonly uses: Set<string>;
  size: number;
  depth: number;
}

/** A list of another kind than expected would else be thousands of problems. */
function summedUp([first, ...rest]: readonly RuleProblem[]): readonly RuleProblem[] {
  if (first === undefined) return [];
  const others = rest.length === 0 ? '' : `, as are ${rest.length} more lines`;
  return [{ ...first, message: `${first.message}${others}; left out` }];
}

/** The values to the right, or the name of a list that is not there. */
function expandValues(comparison: Comparison, typing: Typing): readonly Literal[] | undefined {
  const { definitions } = typing;
  const { values, operator } = comparison;
  const [first] = values;
  if (comparison.isListName && first !== undefined && !definitions.lists.has(first.text)) {
    const guess = didYouMean(first.text, definitions.lists.keys());
    definitions.problems.push(
      problemAt(first.span, `unknown list "${first.text}"${guess}`, 'a list or values in parentheses'),
    );
    return undefined;
  }
  if (operators[operator].takes !== 'list') return values;
  const expanded = expandLists(values, definitions);
  for (const name of expanded.uses) typing.uses.add(`list ${name}`);
  return expanded.values;
}

function operandsOf(
  comparison: Comparison,
  bound: BoundField,
  typing: Typing,
): readonly Scalar[] | undefined {
  const { problems } = typing.definitions;
  const values = expandValues(comparison, typing);
  const operands: Scalar[] = [];
  const badLines: RuleProblem[] = [];
  let mistakes = values === undefined ? 1 : 0;
  for (const literal of values ?? []) {
    const typed = typeLiteral(literal, bound, comparison.operator);
    const hint = fieldAsText(literal) ?? listAsText(literal, comparison.operator, typing.definitions);
    if (hint !== undefined)
      typing.definitions.notices.push(problemAt(literal.span, hint.message, hint.expected));
    if (typed.ok) operands.push(typed.value);
    else if (literal.isDataLine) badLines.push(problemAt(literal.span, typed.message, typed.expected));
    else {
      mistakes += 1;
      problems.push(problemAt(literal.span, typed.message, typed.expected));
    }
  }
  problems.push(...summedUp(badLines));
  return mistakes === 0 ? operands : undefined;
}

/** What is read on both sides must be of one type, and one value unless the operator takes many. */
function typeOther(
  right: Extraction,
  { bound, operator }: { bound: BoundField; operator: OperatorName },
  { definitions }: Typing,
): BoundField | undefined {
  const other = bindExtraction(right, definitions.problems);
  if (other === undefined) return undefined;
  const types = [bound.field.type, other.field.type];
  const message =
    types[0] !== types[1] && !types.includes('any')
      ? `"${bound.key}" is ${types[0]}, and "${other.key}" is ${types[1]}`
      : other.field.isList && operators[operator].takes === 'value'
        ? `"${other.key}" has many values`
        : undefined;
  if (message === undefined) return other;
  definitions.problems.push(problemAt(right.span, message, 'a field of the same type'));
  return undefined;
}

/** Falco has the values of `ka.` fields as text, whatever they are: its rules may test them so. */
const fits = (operator: OperatorName, { type, name }: BoundField['field']): boolean =>
  operators[operator].types.includes(type) ||
  (name.startsWith('ka.') && operators[operator].types.includes('text'));

function typeComparison(comparison: Comparison, typing: Typing): TypedCondition | undefined {
  const { left, operator, right, span } = comparison;
  const { problems } = typing.definitions;
  typing.size += 1;
  const bound = bindExtraction(left, problems);
  if (bound === undefined) return undefined;
  if (!fits(operator, bound.field)) {
    const fitting = Object.entries(operators)
      .filter(([, known]) => known.types.includes(bound.field.type))
      .map(([name]) => name);
    const message = `\`${operator}\` does not fit "${bound.key}", which is ${bound.field.type}`;
    problems.push(problemAt(span, message, `one of ${fitting.join(' ')}`));
    return undefined;
  }
  if (right !== undefined) {
    const other = typeOther(right, { bound, operator }, typing);
    return other === undefined ? undefined : { kind: 'test', bound, operator, operands: [], other, span };
  }
  const operands = operandsOf(comparison, bound, typing);
  return operands === undefined ? undefined : { kind: 'test', bound, operator, operands, span };
}

function typeMacro(use: MacroUse, typing: Typing, level: number): TypedCondition | undefined {
  const { definitions } = typing;
  const { macros, problems } = definitions;
  const macro = macros.get(use.name);
  if (macro === undefined) {
    const guess = didYouMean(use.name, macros.keys());
    problems.push(problemAt(use.span, `unknown macro "${use.name}"${guess}`));
    return undefined;
  }
  const expanded = macro === 'broken' ? 'broken' : expandMacro(use.name, definitions);
  if (expanded === 'open') problems.push(problemAt(use.span, `the macro "${use.name}" contains itself`));
  else if (expanded === 'broken') {
    definitions.brokenUses.add(use.name);
    problems.push(problemAt(use.span, `uses the macro "${use.name}", which has a mistake`));
  }
  if (typeof expanded === 'string') return undefined;
  typing.size += expanded.size;
  typing.depth = Math.max(typing.depth, level + expanded.depth);
  typing.uses.add(`macro ${use.name}`);
  for (const name of expanded.uses) typing.uses.add(name);
  return expanded.condition;
}

/** The macro's own mistakes are kept with it: they are told once, where it stands. */
export function expandMacro(name: string, definitions: Definitions): ExpandedMacro | 'broken' | 'open' {
  const known = definitions.expanded.get(name);
  if (known !== undefined) return known;
  const macro = definitions.macros.get(name);
  if (macro === undefined || macro === 'broken') return 'broken';
  const problems: RuleProblem[] = [];
  definitions.expanded.set(name, 'open');
  definitions.open.push(name);
  if (definitions.open.length > nestingLimit)
    problems.push(problemAt(macro.span, `macros are nested deeper than ${nestingLimit} levels`));
  const typed =
    (problems.length === 0 && typeCondition(macro.condition, { ...definitions, problems })) || 'broken';
  definitions.open.pop();
  if (problems.length > 0) definitions.macroProblems.set(name, problems);
  definitions.expanded.set(name, typed);
  return typed;
}

function typeNode(node: Condition, typing: Typing, level: number): TypedCondition | undefined {
  typing.depth = Math.max(typing.depth, level);
  if (typing.definitions.problems.length >= mistakeLimit) return undefined;
  switch (node.kind) {
    case 'comparison':
      return typeComparison(node, typing);
    case 'macro':
      return typeMacro(node, typing, level);
    case 'not': {
      const part = typeNode(node.part, typing, level + 1);
      return part === undefined ? undefined : { kind: 'not', part };
    }
    case 'and':
    case 'or': {
      const parts = node.parts.map((part) => typeNode(part, typing, level + 1));
      const typed = parts.filter((part) => part !== undefined);
      return typed.length === parts.length ? { kind: node.kind, parts: typed } : undefined;
    }
  }
}

const tooLarge = ({ size, depth }: Typing): string | undefined =>
  size > sizeLimit
    ? `the condition has more than ${sizeLimit} tests once its macros are put in`
    : depth > depthLimit
      ? `the condition is nested deeper than ${depthLimit} levels once its macros are put in`
      : undefined;

/** Undefined when there was a mistake; it is then among `definitions.problems`. */
export function typeCondition(condition: Condition, definitions: Definitions): ExpandedMacro | undefined {
  const typing: Typing = { definitions, uses: new Set(), size: 0, depth: 0 };
  const typed = typeNode(condition, typing, 1);
  if (typed === undefined) return undefined;
  const message = tooLarge(typing);
  const first = message === undefined ? undefined : firstSpan(condition);
  if (message === undefined || first === undefined)
    return { condition: typed, size: typing.size, depth: typing.depth, uses: typing.uses };
  definitions.problems.push(problemAt(first, message));
  return undefined;
}

function firstSpan(condition: Condition): Comparison['span'] | undefined {
  if (condition.kind === 'comparison' || condition.kind === 'macro') return condition.span;
  const part = condition.kind === 'not' ? condition.part : condition.parts[0];
  return part === undefined ? undefined : firstSpan(part);
}

// Checks a condition against the field catalogue and puts macros and lists in; tells all mistakes, not only the first.
import type { Comparison, Condition, MacroUse } from '../language/condition.ts';
import { operators, type Scalar } from '../language/operators.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import { didYouMean } from '../language/suggestion.ts';
import { bindField } from './bind-field.ts';
import { type Definitions, type ExpandedMacro, expandLists } from './definitions.ts';
import { typeLiteral } from './type-literal.ts';
import type { BoundField, TypedCondition } from './typed-condition.ts';

/** More tests than any rule needs; macros that double each other would grow without bound. */
const sizeLimit = 10_000;

interface Typing {
  readonly definitions: Definitions;
  readonly uses: Set<string>;
  size: number;
}

/** A list of another kind than expected would else be thousands of problems. */
function summedUp([first, ...rest]: readonly RuleProblem[]): readonly RuleProblem[] {
  if (first === undefined) return [];
  const others = rest.length === 0 ? '' : `, as are ${rest.length} more lines`;
  return [{ ...first, message: `${first.message}${others}; left out` }];
}

function operandsOf(
  comparison: Comparison,
  bound: BoundField,
  typing: Typing,
): readonly Scalar[] | undefined {
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
  const isList = operators[operator].takes === 'list';
  const expanded = isList ? expandLists(values, definitions) : { values, uses: [] };
  for (const name of expanded.uses) typing.uses.add(`list ${name}`);
  const operands: Scalar[] = [];
  const badLines: RuleProblem[] = [];
  let mistakes = 0;
  for (const literal of expanded.values) {
    const typed = typeLiteral(literal, bound, operator);
    if (typed.ok) operands.push(typed.value);
    else if (literal.isDataLine) badLines.push(problemAt(literal.span, typed.message, typed.expected));
    else {
      mistakes += 1;
      definitions.problems.push(problemAt(literal.span, typed.message, typed.expected));
    }
  }
  definitions.problems.push(...summedUp(badLines));
  return mistakes === 0 ? operands : undefined;
}

function typeComparison(comparison: Comparison, typing: Typing): TypedCondition | undefined {
  const { field, operator, span } = comparison;
  const { problems } = typing.definitions;
  const found = bindField(field.name, field.argument);
  if (!found.ok) {
    problems.push(problemAt(field.span, found.message, found.expected));
    return undefined;
  }
  const { bound } = found;
  if (!operators[operator].types.includes(bound.field.type)) {
    const fitting = Object.entries(operators)
      .filter(([, known]) => known.types.includes(bound.field.type))
      .map(([name]) => name);
    problems.push(
      problemAt(
        span,
        `\`${operator}\` does not fit "${bound.key}", which is ${bound.field.type}`,
        `one of ${fitting.join(' ')}`,
      ),
    );
    return undefined;
  }
  const operands = operandsOf(comparison, bound, typing);
  typing.size += 1;
  return operands === undefined ? undefined : { kind: 'test', bound, operator, operands, span };
}

function typeMacro(use: MacroUse, typing: Typing): TypedCondition | undefined {
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
  else if (expanded === 'broken')
    problems.push(problemAt(use.span, `uses the macro "${use.name}", which has a mistake`));
  if (typeof expanded === 'string') return undefined;
  typing.size += expanded.size;
  typing.uses.add(`macro ${use.name}`);
  for (const name of expanded.uses) typing.uses.add(name);
  return expanded.condition;
}

/** The macro's own mistakes are told once, where it stands. */
export function expandMacro(name: string, definitions: Definitions): ExpandedMacro | 'broken' | 'open' {
  const known = definitions.expanded.get(name);
  if (known !== undefined) return known;
  const macro = definitions.macros.get(name);
  if (macro === undefined || macro === 'broken') return 'broken';
  definitions.expanded.set(name, 'open');
  const typed = typeCondition(macro.condition, definitions) ?? 'broken';
  definitions.expanded.set(name, typed);
  return typed;
}

function typeNode(node: Condition, typing: Typing): TypedCondition | undefined {
  switch (node.kind) {
    case 'comparison':
      return typeComparison(node, typing);
    case 'macro':
      return typeMacro(node, typing);
    case 'not': {
      const part = typeNode(node.part, typing);
      return part === undefined ? undefined : { kind: 'not', part };
    }
    case 'and':
    case 'or': {
      const parts = node.parts.map((part) => typeNode(part, typing));
      const typed = parts.filter((part) => part !== undefined);
      return typed.length === parts.length ? { kind: node.kind, parts: typed } : undefined;
    }
  }
}

/** Undefined when there was a mistake; it is then among `definitions.problems`. */
export function typeCondition(condition: Condition, definitions: Definitions): ExpandedMacro | undefined {
  const typing: Typing = { definitions, uses: new Set(), size: 0 };
  const typed = typeNode(condition, typing);
  if (typed === undefined) return undefined;
  if (typing.size > sizeLimit) {
    const first = firstSpan(condition);
    if (first !== undefined)
      definitions.problems.push(
        problemAt(first, `the condition has more than ${sizeLimit} tests once its macros are put in`),
      );
    return undefined;
  }
  return { condition: typed, size: typing.size, uses: typing.uses };
}

export function firstSpan(condition: Condition): Comparison['span'] | undefined {
  if (condition.kind === 'comparison' || condition.kind === 'macro') return condition.span;
  const part = condition.kind === 'not' ? condition.part : condition.parts[0];
  return part === undefined ? undefined : firstSpan(part);
}

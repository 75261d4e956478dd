// The lists and macros that conditions may name, looked up and put in; circles are found.
import type { Condition, Literal } from '../language/condition.ts';
import { problemAt, type RuleProblem } from '../language/problem.ts';
import type { Span } from '../language/source-text.ts';
import type { TypedCondition } from './typed-condition.ts';

export interface ListDefinition {
  readonly name: string;
  readonly items: readonly Literal[];
  readonly text: string;
  readonly span: Span;
}

export interface MacroDefinition {
  readonly name: string;
  readonly condition: Condition;
  readonly text: string;
  readonly span: Span;
}

export interface ExpandedMacro {
  readonly condition: TypedCondition;
  readonly size: number;
  /** Levels of the condition, one below the other. */
  readonly depth: number;
  readonly uses: ReadonlySet<string>;
}

/** `macros` without a condition had a mistake of their own, which was told already. */
export interface Definitions {
  readonly lists: ReadonlyMap<string, ListDefinition>;
  readonly macros: ReadonlyMap<string, MacroDefinition | 'broken'>;
  readonly expanded: Map<string, ExpandedMacro | 'broken' | 'open'>;
  readonly problems: RuleProblem[];
  /** What is no mistake, and yet worth a look. */
  readonly notices: RuleProblem[];
  /** Mistakes inside macros, by name. */
  readonly macroProblems: Map<string, readonly RuleProblem[]>;
  /** Macros with a mistake that something used. */
  readonly brokenUses: Set<string>;
  /** Macros that are being expanded just now, the outer first. */
  readonly open: string[];
}

export const createDefinitions = (
  lists: Definitions['lists'],
  macros: Definitions['macros'],
): Definitions => ({
  lists,
  macros,
  expanded: new Map(),
  problems: [],
  notices: [],
  macroProblems: new Map(),
  brokenUses: new Set(),
  open: [],
});

/** Values of one list, after lists inside lists are put in. */
const listLimit = 100_000;
/** Lists inside lists, macros inside macros: deeper than any person nests them. */
export const nestingLimit = 100;

export interface ExpandedList {
  readonly values: readonly Literal[];
  readonly uses: readonly string[];
}

/** Puts lists in where unquoted values name them. */
export function expandLists(literals: readonly Literal[], definitions: Definitions): ExpandedList {
  const uses: string[] = [];
  const values: Literal[] = [];
  let firstLeftOut: Literal | undefined;
  const walk = (items: readonly Literal[], path: readonly string[]): void => {
    for (const item of items) {
      const list = item.isQuoted ? undefined : definitions.lists.get(item.text);
      if (values.length >= listLimit) {
        firstLeftOut ??= item;
        return;
      }
      if (list === undefined) values.push(item);
      else if (path.includes(list.name)) {
        const circle = [...path, list.name].join(' → ');
        definitions.problems.push(problemAt(item.span, `the list "${list.name}" contains itself: ${circle}`));
      } else if (path.length >= nestingLimit) {
        definitions.problems.push(
          problemAt(item.span, `lists are nested deeper than ${nestingLimit} levels`),
        );
      } else {
        uses.push(list.name);
        walk(list.items, [...path, list.name]);
      }
    }
  };
  walk(literals, []);
  if (firstLeftOut !== undefined)
    definitions.problems.push(
      problemAt(
        firstLeftOut.span,
        `more than ${listLimit} values in a list: from "${firstLeftOut.text.slice(0, 80)}" on they are left out`,
        'fewer values, such as networks instead of addresses',
      ),
    );
  return { values, uses };
}

// Chooses the few rules that an event could fire, by its kind and the values that each rule needs.
import type { Event, EventKind } from '@yagura/contracts';
import { necessaryValues } from '../compile/necessary-values.ts';
import type { TypedCondition } from '../compile/typed-condition.ts';

interface Dimension {
  readonly field: string;
  readonly read: (event: Event) => unknown;
}

const processName: Dimension = {
  field: 'proc.name',
  read: (event) => (event.kind === 'api.requested' ? undefined : event.process.name),
};

/** What rules of a kind are told apart by, the outer first. */
const dimensions: Readonly<Record<EventKind, readonly Dimension[]>> = {
  // The tree of values chooses better; this is for an event of which it cannot tell.
  'api.requested': [],
  'process.started': [processName],
  'process.exited': [processName],
  'file.opened': [processName],
};

interface Indexed<Rule> {
  readonly rule: Rule;
  readonly condition: TypedCondition;
}

type Lookup<Rule> = (event: Event) => readonly Rule[];

/** One table a dimension: a row for each value that some rule needs, and one for all other values. */
function tabulate<Rule>(entries: readonly Indexed<Rule>[], path: readonly Dimension[]): Lookup<Rule> {
  const [dimension, ...rest] = path;
  if (dimension === undefined || entries.length === 0) {
    const rules = entries.map((entry) => entry.rule);
    return () => rules;
  }
  const needs = entries.map((entry) => necessaryValues(entry.condition, dimension.field));
  const values = new Set(needs.flatMap((need) => [...(need ?? [])]));
  const below = (accepts: (need: ReadonlySet<string> | undefined) => boolean): Lookup<Rule> =>
    tabulate(
      entries.filter((_, index) => accepts(needs[index])),
      rest,
    );
  const rows = new Map<unknown, Lookup<Rule>>(
    [...values].map((value) => [value, below((need) => need === undefined || need.has(value))]),
  );
  const otherRow = below((need) => need === undefined);
  return (event) => (rows.get(dimension.read(event)) ?? otherRow)(event);
}

export interface IndexableRule {
  readonly condition: TypedCondition;
  readonly kinds: readonly EventKind[];
}

/** Keeps the order of the rules. */
export function indexRules<Rule>(
  rules: readonly { readonly rule: Rule; readonly source: IndexableRule }[],
): Lookup<Rule> {
  const lookups = new Map<unknown, Lookup<Rule>>(
    Object.entries(dimensions).map(([kind, path]) => [
      kind,
      tabulate(
        rules
          .filter(({ source }) => source.kinds.some((own) => own === kind))
          .map(({ rule, source }) => ({ rule, condition: source.condition })),
        path,
      ),
    ]),
  );
  return (event) => lookups.get(event.kind)?.(event) ?? [];
}

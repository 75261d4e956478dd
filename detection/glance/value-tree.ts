// A tree of the values that were seen, with what is still open of each rule at each place: it grows as values come.
import type { AuditGlance, GlanceField } from '@yagura/contracts';
import { branchingFields } from './glance-fields.ts';
import { fieldsIn, type Guess, type GuessTest, join, settle, testsOf } from './guess.ts';

export interface OpenRule<Rule> {
  readonly rule: Rule;
  /** What must hold for it to fire, with all values settled on the way to here. */
  readonly guess: Guess;
}

export interface Place<Rule> {
  readonly open: readonly OpenRule<Rule>[];
  readonly rules: readonly Rule[];
  /** That any of them fires. */
  readonly rest: Guess;
  /** What records are told apart by from here on; none: at the end, or only fields are left that hardly repeat. */
  readonly field: GlanceField | undefined;
  readonly next: Map<string, Place<Rule>>;
  /** What these values are tested for. */
  readonly tests: readonly GuessTest[];
  /** The same places, by what the tests said: the many values that no rule names lead to one. */
  readonly outcomes: Map<string, Place<Rule>>;
}

/** Records of one cluster come in a few thousand combinations; whoever invents new ones makes the tree begin anew. */
const maxPlaces = 20_000;
/** Longer values are not remembered. */
const maxRawChars = 1_024;

function placeOf<Rule>(all: readonly OpenRule<Rule>[]): Place<Rule> {
  const open = all.filter(({ guess }) => guess !== false);
  const rest = join(
    'or',
    open.map(({ guess }) => guess),
  );
  const fields = new Set(open.flatMap(({ guess }) => [...fieldsIn(guess)]));
  const field = branchingFields.find((name) => fields.has(name));
  const tests =
    field === undefined
      ? []
      : testsOf(
          open.map(({ guess }) => guess),
          field,
        );
  return {
    ...{ open, rules: open.map(({ rule }) => rule), rest, field },
    ...{ next: new Map(), tests, outcomes: new Map() },
  };
}

/** Cut out of a chunk of a log, which would stay in memory as long as the key does. */
const copyOf = (raw: string): string => Buffer.from(raw).toString();

export interface ValueTreeOptions {
  /** To stop where one rule is certain to be wanted, whatever else is. */
  readonly isAnyEnough: boolean;
}

/**
 * Where the values lead; `undefined` where one of them cannot be told. It costs a few look-ups for combinations that
 * were seen before, however many rules there are.
 */
export function createValueTree<Rule>(
  rules: readonly OpenRule<Rule>[],
  { isAnyEnough }: ValueTreeOptions,
): (values: AuditGlance) => Place<Rule> | undefined {
  let root = placeOf(rules);
  let places = 1;

  const grow = (place: Place<Rule>, field: GlanceField, values: AuditGlance): Place<Rule> | undefined => {
    const raw = values.raw(field);
    const value = raw.length > maxRawChars ? null : values.read(field);
    if (value === null) return undefined;
    const outcome = place.tests.map(({ holds }) => (holds(value) ? '1' : '0')).join('');
    const grown =
      place.outcomes.get(outcome) ??
      placeOf(place.open.map(({ rule, guess }) => ({ rule, guess: settle(guess, field, value) })));
    place.outcomes.set(outcome, grown);
    if (places >= maxPlaces) {
      root = placeOf(rules);
      places = 1;
    } else {
      place.next.set(copyOf(raw), grown);
      places += 1;
    }
    return grown;
  };

  return (values) => {
    let place: Place<Rule> | undefined = root;
    while (place?.field !== undefined && !(isAnyEnough && place.rest === true))
      place = place.next.get(values.raw(place.field)) ?? grow(place, place.field, values);
    return place;
  };
}

// Rules records out by a glance: a tree of the values that were seen, with what of all rules is still open at each place.
import type { AuditGlance, GlanceField, GlanceValue } from '@yagura/contracts';
import type { TypedCondition } from '../compile/typed-condition.ts';
import type { FieldData } from '../fields/field.ts';
import type { Familiar } from './familiar.ts';
import { branchingFields } from './glance-fields.ts';
import { fieldsIn, type Guess, isOpen, join, mayHold, settle } from './guess.ts';

interface Place {
  /** What must hold for a rule to fire, with all values settled on the way to here. */
  readonly rest: Guess;
  /** What records are told apart by from here on; none: at the end, or only fields are left that hardly repeat. */
  readonly field: GlanceField | undefined;
  readonly next: Map<string, Place>;
  /** The fields of `rest`, where it is not told apart further. */
  readonly last: readonly GlanceField[];
}

/** Records of one cluster come in a few thousand combinations; whoever invents new ones makes the tree begin anew. */
const maxPlaces = 20_000;
/** Longer values are not remembered. */
const maxRawChars = 1_024;

function placeOf(rest: Guess): Place {
  const fields = fieldsIn(rest);
  const field = branchingFields.find((name) => fields.has(name));
  return { rest, field, next: new Map(), last: field === undefined ? [...fields] : [] };
}

/** Cut out of a chunk of a log, which would stay in memory as long as the key does. */
const copyOf = (raw: string): string => Buffer.from(raw, 'latin1').toString('latin1');

type Ask = (glance: AuditGlance, cluster?: string) => boolean;

const decide = (rest: Guess, glance: AuditGlance, cluster: string | undefined): boolean =>
  isOpen(rest, (familiar) => familiar.isKnown(glance, cluster));

function decideLast({ rest, last }: Place, glance: AuditGlance, cluster: string | undefined): boolean {
  let open = rest;
  for (const field of last) {
    if (typeof open === 'boolean') return open;
    const value: GlanceValue = glance.read(field);
    if (value === null) return true;
    open = settle(open, field, value);
  }
  return decide(open, glance, cluster);
}

/** A rule as far as ruling out goes. */
export interface RuleToAsk {
  readonly condition: TypedCondition;
  readonly familiar?: Familiar | undefined;
}

const guessOf = ({ condition, familiar }: RuleToAsk, data: FieldData): Guess =>
  familiar === undefined
    ? mayHold(condition, data)
    : join('and', [mayHold(condition, data), { kind: 'unfamiliar', familiar }]);

/**
 * Answers `false` when none of the rules can fire on, or learn from, the event that the record would become, whatever else is in
 * it. What is asked costs a few look-ups for combinations of values that were seen before, however many rules there are.
 */
export function createRuleOut(rules: readonly RuleToAsk[], data: FieldData = {}): Ask {
  const start = join(
    'or',
    rules.map((rule) => guessOf(rule, data)),
  );
  let root = placeOf(start);
  let places = 1;

  const grow = (place: Place, field: GlanceField, glance: AuditGlance): Place | undefined => {
    const raw = glance.raw(field);
    const value = raw.length > maxRawChars ? null : glance.read(field);
    if (value === null) return undefined;
    const grown = placeOf(settle(place.rest, field, value));
    if (places >= maxPlaces) {
      root = placeOf(start);
      places = 1;
    } else {
      place.next.set(copyOf(raw), grown);
      places += 1;
    }
    return grown;
  };

  return (glance, cluster) => {
    let place = root;
    while (place.field !== undefined) {
      const next = place.next.get(glance.raw(place.field)) ?? grow(place, place.field, glance);
      if (next === undefined) return true;
      place = next;
    }
    return typeof place.rest === 'boolean' ? place.rest : decideLast(place, glance, cluster);
  };
}

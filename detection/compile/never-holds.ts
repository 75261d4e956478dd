// Whether a condition can hold at all, when some fields never have a value.
import { catalogueFields, readsOf, type TypedCondition } from './typed-condition.ts';

const isEmpty = (condition: Extract<TypedCondition, { kind: 'test' }>): boolean =>
  readsOf(condition)
    .flatMap(catalogueFields)
    .some(({ field }) => field.kinds.length === 0);

/** A test of a field without a value is false, so its negation holds: only `false` is known for sure. */
export function neverHolds(condition: TypedCondition): boolean {
  switch (condition.kind) {
    case 'test':
      return isEmpty(condition);
    case 'not':
      return alwaysHolds(condition.part);
    case 'and':
      return condition.parts.some(neverHolds);
    case 'or':
      return condition.parts.every(neverHolds);
  }
}

function alwaysHolds(condition: TypedCondition): boolean {
  switch (condition.kind) {
    case 'test':
      return false;
    case 'not':
      return neverHolds(condition.part);
    case 'and':
      return condition.parts.every(alwaysHolds);
    case 'or':
      return condition.parts.some(alwaysHolds);
  }
}

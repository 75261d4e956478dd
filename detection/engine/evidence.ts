// What of an event made a rule fire: fields and values, cut to a size that a person reads.
import type { AlertDraft } from '@yagura/contracts';
import type { HeldField } from '../compile/compile-condition.ts';
import type { FieldValue } from '../fields/field.ts';

export type Evidence = AlertDraft['evidence'];

const fieldLimit = 32;
const listLimit = 32;
const textLimit = 1024;

const cut = (value: unknown): unknown =>
  typeof value === 'string' && value.length > textLimit ? `${value.slice(0, textLimit)}…` : value;

const bounded = (value: FieldValue): unknown =>
  Array.isArray(value) ? value.slice(0, listLimit).map(cut) : cut(value);

/** Each field once; `told` is known already. */
export function evidenceOf(held: readonly HeldField[], told: readonly Evidence[number][] = []): Evidence {
  const known = new Set(told.map(({ field }) => field));
  const found: Evidence[number][] = [];
  for (const [field, value] of held) {
    if (found.length >= fieldLimit) break;
    if (known.has(field)) continue;
    known.add(field);
    found.push({ field, value: bounded(value) });
  }
  return found;
}

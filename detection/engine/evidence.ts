// What of an event made a rule fire: fields and values, cut to a size that a person reads.
import type { AlertDraft } from '@yagura/contracts';
import type { Held } from '../compile/compile-condition.ts';
import type { FieldValue } from '../fields/field.ts';

export type Evidence = AlertDraft['evidence'];

const fieldLimit = 32;
const listLimit = 32;
const textLimit = 1024;

const cut = (value: unknown): unknown =>
  typeof value === 'string' && value.length > textLimit ? `${value.slice(0, textLimit)}…` : value;

const bounded = (value: FieldValue): unknown =>
  Array.isArray(value) ? value.slice(0, listLimit).map(cut) : cut(value);

export const evidenceOf = (held: Held): Evidence =>
  [...held].slice(0, fieldLimit).map(([field, value]) => ({ field, value: bounded(value) }));

// Careful steps to the arguments and ancestors of a process: an event may come from outside.
import type { Ancestor, NodeEvent } from '@yagura/contracts';
import type { FieldValue } from './field.ts';
import { present } from './outside-value.ts';

export const argsOf = (args: readonly string[] | undefined): readonly string[] =>
  Array.isArray(args) ? args : [];

const ancestorsOf = (event: NodeEvent): readonly Ancestor[] =>
  Array.isArray(event.ancestors) ? event.ancestors : [];

/** Index 0 is the process itself, 1 its parent; without an index: all ancestors. */
export function ofAncestors(
  self: (event: NodeEvent) => string | number | undefined,
  read: (ancestor: Ancestor) => string | number | undefined,
): (event: NodeEvent, index?: string) => FieldValue {
  return (event, index) => {
    if (index === undefined) return present(ancestorsOf(event).map(read));
    const step = Number(index);
    if (step === 0) return self(event);
    const ancestor = ancestorsOf(event)[step - 1];
    return ancestor === undefined ? undefined : read(ancestor);
  };
}

export const parentOf = (event: NodeEvent): Ancestor | undefined => ancestorsOf(event)[0];

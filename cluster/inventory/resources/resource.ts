// The shape of one unit: a resource of the API server, and what of its objects is told.
import type { ObjectFacts } from '@yagura/contracts';
import type { Outside } from './outside-value.ts';

export interface Resource {
  /** Plural, as the API server calls it. */
  readonly name: string;
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /**
   * Names and labels are all that is asked for. The right to list them is one to read them all the same, so that these
   * are told only if they are asked for.
   */
  readonly metadataOnly?: true;
  readonly facts: (object: Outside) => ObjectFacts;
}

/** What the inventory does with each resource: the role that it needs is made from this. */
export const verbs = ['list', 'watch'] as const;

export const pathOf = ({ group, version, name }: Pick<Resource, 'group' | 'version' | 'name'>): string =>
  group === '' ? `/api/${version}/${name}` : `/apis/${group}/${version}/${name}`;

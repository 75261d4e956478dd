// Which objects the address asks for.
import type { ObjectQuery } from '@yagura/contracts';

const names = ['resource', 'namespace', 'workload', 'name', 'removed'] as const;

/** As the address has it; `removed` is `true` or not there. */
export type ObjectFilter = { readonly [name in (typeof names)[number]]?: string | undefined };

export const parseObjectFilter = (search: Readonly<Record<string, unknown>>): ObjectFilter =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );

export const toObjectQuery = ({ removed, ...filter }: ObjectFilter): ObjectQuery => ({
  ...(filter as ObjectQuery),
  ...(removed === 'true' ? { removed: true } : {}),
});

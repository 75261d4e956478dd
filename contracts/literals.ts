// A schema for "one of these words" whose static type is the union of the words.
import Type, { type TUnsafe } from 'typebox';

export const literals = <const T extends readonly string[]>(values: T): TUnsafe<T[number]> =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

// All transformers of the language: what each takes, what it makes of values, and what type that has.
import { readOptions } from './command-options.ts';
import type { Scalar, ScalarType } from './operators.ts';

/** Nothing, one value, or many. */
export type Value = Scalar | readonly Scalar[] | undefined;

/** The type of an argument or of a result. */
export interface Shape {
  readonly type: ScalarType;
  readonly isList: boolean;
}

export interface Transformer {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly description: string;
  readonly example: string;
  /** The shape of what it makes, or what its arguments should have been. */
  readonly shapeOf: (shapes: readonly Shape[]) => Shape | string;
  /** Nothing for what cannot be transformed. */
  readonly apply: (values: readonly Value[]) => Value;
}

const text: Shape = { type: 'text', isList: false };
const number: Shape = { type: 'number', isList: false };
const isTextual = ({ type }: Shape): boolean => type === 'text' || type === 'any';
const isMany = (value: Value): value is readonly Scalar[] => Array.isArray(value);
const listOf = (value: Value): readonly Scalar[] =>
  value === undefined ? [] : isMany(value) ? value : [value as Scalar];

/** One that changes each text by itself, of a list as of a single value. */
function ofEachText(
  change: (value: string) => string | undefined,
  { description, example }: Pick<Transformer, 'description' | 'example'>,
): Transformer {
  const one = (value: Scalar): Scalar | undefined =>
    change(typeof value === 'string' ? value : String(value));
  return {
    least: 1,
    most: 1,
    description,
    example,
    shapeOf: ([shape = text]) => (isTextual(shape) ? shape : 'a text'),
    apply: ([value]) =>
      isMany(value)
        ? value.map(one).filter((each) => each !== undefined)
        : value === undefined
          ? undefined
          : one(value as Scalar),
  };
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
const decode = (value: string): string | undefined =>
  base64.test(value) ? Buffer.from(value, 'base64').toString('utf8') : undefined;

export const transformers = {
  tolower: ofEachText((value) => value.toLowerCase(), {
    description: 'in lower case',
    example: 'tolower(proc.name) = bash',
  }),
  toupper: ofEachText((value) => value.toUpperCase(), {
    description: 'in upper case',
    example: 'toupper(ka.verb) = CREATE',
  }),
  b64: ofEachText(decode, {
    description: 'decoded from Base64; nothing where it is none',
    example: 'b64(proc.args) contains /dev/tcp',
  }),
  basename: ofEachText((value) => value.slice(value.lastIndexOf('/') + 1), {
    description: 'what stands behind the last `/`; empty for `/usr/bin/`',
    example: 'basename(proc.exepath) = xmrig',
  }),
  len: {
    least: 1,
    most: 1,
    description: 'number of characters of a text, or of values of a list',
    example: 'len(proc.cmdline) > 4000',
    shapeOf: ([shape = text]) => (shape.isList || isTextual(shape) ? number : 'a text or a list'),
    apply: ([value]) =>
      isMany(value) ? value.length : value === undefined ? undefined : String(value).length,
  },
  concat: {
    least: 2,
    most: 32,
    description: 'all arguments, one behind the other',
    example: 'concat(k8s.ns.name, "/", proc.name) = shop/nc',
    shapeOf: (shapes) => (shapes.some(({ isList }) => isList) ? 'single values, and no list' : text),
    apply: (values) => (values.includes(undefined) ? undefined : values.map(String).join('')),
  },
  join: {
    least: 2,
    most: 2,
    description: 'values of a list, with the first argument between them',
    example: 'join("<", (proc.name, proc.pname)) = nc<nginx',
    shapeOf: ([separator, values]) =>
      separator?.isList === false && values?.isList === true ? text : 'a separator, then a list',
    apply: ([separator, values]) =>
      separator === undefined || values === undefined ? undefined : listOf(values).join(String(separator)),
  },
  getopt: {
    least: 2,
    most: 2,
    description: 'options and their values among arguments, by a pattern as of getopt(3)',
    example: 'getopt(proc.args, "lp:e:") intersects (e)',
    shapeOf: ([values, pattern]) =>
      values !== undefined && pattern?.isList === false
        ? { type: 'text', isList: true }
        : 'a list of arguments, then a pattern',
    apply: ([values, pattern]) =>
      values === undefined || pattern === undefined
        ? undefined
        : readOptions(isMany(values) ? values.map(String) : String(values).split(/\s+/), String(pattern)),
  },
} as const satisfies Record<string, Transformer>;

export type TransformerName = keyof typeof transformers;

export const isTransformerName = (word: string): word is TransformerName => Object.hasOwn(transformers, word);

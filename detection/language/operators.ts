// All operators of the language: what each takes, what it means, and how it is tested.
import { parseNetwork } from '../data/address.ts';
import { createAddressTable } from '../data/address-table.ts';
import { compileGlob } from './glob.ts';

export type ScalarType = 'text' | 'number' | 'boolean' | 'any';
export type Scalar = string | number | boolean;
type Test = (value: Scalar) => boolean;

export interface Operator {
  readonly takes: 'nothing' | 'value' | 'list';
  /** Types of fields that it can stand behind. */
  readonly types: readonly ScalarType[];
  /** How a field with many values is tested: one of them is enough, all must hold, or none may hold the opposite. */
  readonly many: 'some' | 'every';
  readonly description: string;
  readonly example: string;
  /** Builds the test of one value from the values to the right, already converted to the field's type. */
  readonly build: (values: readonly Scalar[]) => Test;
}

const everyType: readonly ScalarType[] = ['text', 'number', 'boolean', 'any'];
const textual: readonly ScalarType[] = ['text', 'any'];
const numeric: readonly ScalarType[] = ['number', 'any'];

const equals =
  (operand: Scalar): Test =>
  (value) =>
    value === operand || (typeof value !== typeof operand && String(value) === String(operand));

const onText =
  (test: (value: string, operand: string) => boolean) =>
  ([operand = '']: readonly Scalar[]): Test => {
    const text = String(operand);
    return (value) => test(typeof value === 'string' ? value : String(value), text);
  };

const onNumber =
  (test: (value: number, operand: number) => boolean) =>
  ([operand = 0]: readonly Scalar[]): Test => {
    const number = Number(operand);
    return (value) => test(typeof value === 'number' ? value : Number(value), number);
  };

function memberOf(values: readonly Scalar[]): Test {
  const set = new Set<Scalar>(values.map(String));
  return (value) => set.has(typeof value === 'string' ? value : String(value));
}

/** A path lies at or below one of the prefixes, by whole components; a prefix may hold wildcards. */
function belowOneOf(values: readonly Scalar[]): Test {
  const tests = values.map((value) => {
    const prefix = String(value).replace(/\/+$/, '');
    const isPattern = /[*?[]/.test(prefix);
    const self = isPattern ? compileGlob(prefix) : (path: string): boolean => path === prefix;
    const below = isPattern
      ? compileGlob(`${prefix}/*`)
      : (path: string): boolean => path.startsWith(`${prefix}/`);
    return (path: string): boolean => self(path) || below(path);
  });
  return (value) => {
    const path = String(value);
    return tests.some((test) => test(path));
  };
}

/** The value is an address of one of the networks. */
function withinOneOf(values: readonly Scalar[]): Test {
  const networks = values
    .map((value) => parseNetwork(String(value)))
    .filter((network) => network !== undefined);
  const table = createAddressTable(networks.map((network) => [network, true] as const));
  return (value) => table.find(String(value)) === true;
}

const foldCase = (text: string): string => text.toLowerCase();

const operator = (definition: Operator): Operator => definition;
const value = { takes: 'value', many: 'some' } as const;

export const operators = {
  '=': operator({
    ...value,
    types: everyType,
    description: 'is equal',
    example: 'ka.verb = create',
    build: ([operand = '']) => equals(operand),
  }),
  '==': operator({
    ...value,
    types: everyType,
    description: 'is equal, as `=`',
    example: 'ka.verb == create',
    build: ([operand = '']) => equals(operand),
  }),
  '!=': operator({
    ...value,
    many: 'every',
    types: everyType,
    description: 'is there and differs; of a list: no value is equal',
    example: 'user.uid != 0',
    build: ([operand = '']) => {
      const same = equals(operand);
      return (other) => !same(other);
    },
  }),
  '<': operator({
    ...value,
    types: numeric,
    description: 'is less',
    example: 'user.uid < 1000',
    build: onNumber((a, b) => a < b),
  }),
  '<=': operator({
    ...value,
    types: numeric,
    description: 'is less or equal',
    example: 'proc.pid <= 2',
    build: onNumber((a, b) => a <= b),
  }),
  '>': operator({
    ...value,
    types: numeric,
    description: 'is greater',
    example: 'proc.tty > 0',
    build: onNumber((a, b) => a > b),
  }),
  '>=': operator({
    ...value,
    types: numeric,
    description: 'is greater or equal',
    example: 'ka.response.code >= 400',
    build: onNumber((a, b) => a >= b),
  }),
  contains: operator({
    ...value,
    types: textual,
    description: 'holds the text',
    example: 'proc.cmdline contains "/dev/tcp/"',
    build: onText((a, b) => a.includes(b)),
  }),
  icontains: operator({
    ...value,
    types: textual,
    description: 'holds the text in upper or lower case',
    example: 'ka.useragent icontains kube-hunter',
    build: ([operand = '']) => {
      const text = foldCase(String(operand));
      return (other) => foldCase(String(other)).includes(text);
    },
  }),
  startswith: operator({
    ...value,
    types: textual,
    description: 'begins with the text',
    example: 'ka.user.name startswith "system:"',
    build: onText((a, b) => a.startsWith(b)),
  }),
  endswith: operator({
    ...value,
    types: textual,
    description: 'ends with the text',
    example: 'proc.exepath endswith /xmrig',
    build: onText((a, b) => a.endsWith(b)),
  }),
  glob: operator({
    ...value,
    types: textual,
    description: 'fits the shell pattern (`*` any text, `?` one character, `[a-z]` one of them)',
    example: "proc.name glob 'php-fpm*'",
    build: ([operand = '']) => compileGlob(String(operand)) as Test,
  }),
  iglob: operator({
    ...value,
    types: textual,
    description: 'fits the shell pattern in upper or lower case',
    example: "proc.name iglob 'XMRIG*'",
    build: ([operand = '']) => {
      const fits = compileGlob(foldCase(String(operand)));
      return (other) => fits(foldCase(String(other)));
    },
  }),
  in: operator({
    takes: 'list',
    many: 'every',
    types: everyType,
    description: 'is one of; of a list: every value is one of',
    example: 'ka.verb in (create, update, patch)',
    build: memberOf,
  }),
  intersects: operator({
    takes: 'list',
    many: 'some',
    types: everyType,
    description: 'at least one value is one of',
    example: 'ka.user.groups intersects (system:masters)',
    build: memberOf,
  }),
  pmatch: operator({
    takes: 'list',
    many: 'some',
    types: textual,
    description: 'is one of the paths or lies below one',
    example: 'proc.exepath pmatch (/tmp, /dev/shm)',
    build: belowOneOf,
  }),
  within: operator({
    takes: 'list',
    many: 'some',
    types: textual,
    description: 'is an address of one of the networks; of a list: one value is',
    example: 'ka.sourceips within (10.0.0.0/8, 2001:db8::/32)',
    build: withinOneOf,
  }),
  exists: operator({
    takes: 'nothing',
    many: 'some',
    types: everyType,
    description: 'has a value',
    example: 'proc.stdin.peer exists',
    build: () => () => true,
  }),
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

/** Operators that Falco knows and this engine does not yet. */
export const laterOperators: ReadonlySet<string> = new Set(['regex', 'bcontains', 'bstartswith']);

export const isOperatorName = (word: string): word is OperatorName => Object.hasOwn(operators, word);

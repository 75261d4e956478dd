// All operators of the language: what each takes, what it means, and how it is tested.
import { parseNetwork, spanOfNetwork } from '../data/address.ts';
import { createAddressTable } from '../data/address-table.ts';
import { bytesMistake, compileBytesContained, compileBytesFirst } from './byte-pattern.ts';
import { compileGlob } from './glob.ts';
import { compilePathPrefixes } from './path-prefix.ts';
import { compileRegex, regexMistake } from './regex.ts';

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
  /** What is wrong with a value to the right. An operator with such a check takes fixed values only. */
  readonly mistakeIn?: (value: string) => string | undefined;
}

const everyType: readonly ScalarType[] = ['text', 'number', 'boolean', 'any'];
const textual: readonly ScalarType[] = ['text', 'any'];
const ordered: readonly ScalarType[] = ['number', 'text', 'any'];

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

/** Numbers by size; texts character by character. */
const inOrder =
  (test: (sign: number) => boolean) =>
  ([operand = 0]: readonly Scalar[]): Test => {
    if (typeof operand === 'number') return (value) => test(Number(value) - operand);
    const text = String(operand);
    return (value) => {
      const other = String(value);
      return test(other < text ? -1 : other > text ? 1 : 0);
    };
  };

const onPattern =
  (compile: (pattern: string) => (text: string) => boolean) =>
  ([operand = '']: readonly Scalar[]): Test => {
    const fits = compile(String(operand));
    return (value) => fits(typeof value === 'string' ? value : String(value));
  };

function memberOf(values: readonly Scalar[]): Test {
  const set = new Set<Scalar>(values.map(String));
  return (value) => set.has(typeof value === 'string' ? value : String(value));
}

const networkMistake = (value: string): string | undefined =>
  parseNetwork(value) === undefined ? `"${value.slice(0, 80)}" is no address and no network` : undefined;

/** The value is an address of one of the networks. */
function withinOneOf(values: readonly Scalar[]): Test {
  const networks = values
    .map((value) => parseNetwork(String(value)))
    .filter((network) => network !== undefined);
  const table = createAddressTable(networks.map((network) => [spanOfNetwork(network), true] as const));
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
    types: ordered,
    description: 'is less: a number by size, a text in the order of its characters',
    example: 'user.uid < 1000',
    build: inOrder((sign) => sign < 0),
  }),
  '<=': operator({
    ...value,
    types: ordered,
    description: 'is less or equal',
    example: 'proc.pid <= 2',
    build: inOrder((sign) => sign <= 0),
  }),
  '>': operator({
    ...value,
    types: ordered,
    description: 'is greater',
    example: 'proc.tty > 0',
    build: inOrder((sign) => sign > 0),
  }),
  '>=': operator({
    ...value,
    types: ordered,
    description: 'is greater or equal',
    example: 'ka.response.code >= 400',
    build: inOrder((sign) => sign >= 0),
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
  bcontains: operator({
    ...value,
    types: textual,
    description: 'holds these bytes, in hexadecimal',
    example: 'evt.buffer bcontains CAFEBABE',
    build: onPattern(compileBytesContained),
    mistakeIn: bytesMistake,
  }),
  bstartswith: operator({
    ...value,
    types: textual,
    description: 'begins with these bytes, in hexadecimal',
    example: 'evt.buffer bstartswith 7F454C46',
    build: onPattern(compileBytesFirst),
    mistakeIn: bytesMistake,
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
    build: onPattern(compileGlob),
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
  regex: operator({
    ...value,
    types: textual,
    description: 'fits the regular expression as a whole, in the syntax of RE2',
    example: "proc.cmdline regex '.*[A-Za-z0-9+/]{200}.*'",
    build: onPattern(compileRegex),
    mistakeIn: regexMistake,
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
    build: (values) => {
      const isBelow = compilePathPrefixes(values.map(String));
      return (path) => isBelow(String(path));
    },
  }),
  within: operator({
    takes: 'list',
    many: 'some',
    types: textual,
    description: 'is an address of one of the networks; of a list: one value is',
    example: 'ka.sourceips within (10.0.0.0/8, 2001:db8::/32)',
    build: withinOneOf,
    mistakeIn: networkMistake,
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

export const isOperatorName = (word: string): word is OperatorName => Object.hasOwn(operators, word);

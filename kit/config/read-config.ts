// Configuration from flags, environment and file, in this order of rank, checked against a schema.
import { readFileSync } from 'node:fs';
import type { Static, TObject } from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { ConfigError, KitError } from '../errors.ts';
import { parseDurationMs, parseSizeBytes } from './quantity.ts';
import { type Setting, settingsOf } from './setting.ts';

export type FlagValue = string | boolean | readonly string[];

export interface ConfigSources<S extends TObject> {
  /** One flat object; keys in camelCase. Keys ending in `Bytes` and `Ms` take `256MiB` and `10s`. */
  readonly schema: S;
  readonly flags?: Readonly<Record<string, FlagValue | undefined>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Of environment variables, such as `YAGURA_`; without it the environment is not looked at. */
  readonly prefix?: string;
  /** YAML or JSON. */
  readonly file?: string | undefined;
}

interface Found {
  readonly value: unknown;
  readonly origin: string;
}

/** Throws a ConfigError that names the first key that does not fit and where its value came from. */
export function readConfig<const S extends TObject>(sources: ConfigSources<S>): Static<S> {
  const settings = settingsOf(sources.schema, sources.prefix ?? '');
  const file = sources.file === undefined ? {} : readFile(sources.file);
  refuseUnknown(settings, file, sources);
  const found = new Map<string, Found>();
  for (const setting of settings) {
    const one = find(setting, file, sources);
    if (one) found.set(setting.key, { ...one, value: toQuantity(setting, one) });
    else if (setting.required)
      throw new ConfigError(setting.key, 'not set', `give --${setting.flag} or ${setting.variable}`);
  }
  return check(sources.schema, found);
}

function readFile(path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new KitError('CONFIG_UNREADABLE', `${path}: ${(error as Error).message}`, { cause: error });
  }
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new KitError('CONFIG_UNREADABLE', `${path}: expected keys and values at the top`);
  return Object.fromEntries(Object.entries(value));
}

function refuseUnknown<S extends TObject>(
  settings: readonly Setting[],
  file: Record<string, unknown>,
  { flags = {}, file: path }: ConfigSources<S>,
): void {
  const inFile = Object.keys(file).find((key) => !settings.some((setting) => setting.key === key));
  if (inFile !== undefined)
    throw new ConfigError(inFile, `${path}`, `no such setting; known are ${listOf(settings, 'key')}`);
  const flag = Object.keys(flags).find((name) => !settings.some((setting) => setting.flag === name));
  if (flag !== undefined)
    throw new ConfigError(flag, `--${flag}`, `no such flag; known are ${listOf(settings, 'flag')}`);
}

const listOf = (settings: readonly Setting[], what: 'key' | 'flag'): string =>
  settings.map((setting) => (what === 'flag' ? `--${setting.flag}` : setting.key)).join(', ');

function find<S extends TObject>(
  setting: Setting,
  file: Record<string, unknown>,
  { flags = {}, env = {}, prefix, file: path }: ConfigSources<S>,
): Found | undefined {
  const flag = flags[setting.flag];
  if (flag !== undefined) return { value: toShape(setting, flag), origin: `--${setting.flag}` };
  const variable = prefix === undefined ? undefined : env[setting.variable];
  if (variable !== undefined && variable !== '')
    return { value: setting.isList ? variable.split(',') : variable, origin: setting.variable };
  if (file[setting.key] !== undefined) return { value: file[setting.key], origin: `${path}` };
  return undefined;
}

function toShape(setting: Setting, flag: FlagValue): unknown {
  if (setting.isList) return typeof flag === 'object' ? flag : [flag];
  if (typeof flag === 'object')
    throw new ConfigError(setting.key, `--${setting.flag}`, 'given more than once');
  if (flag === true && !setting.isFlag)
    throw new ConfigError(setting.key, `--${setting.flag}`, 'needs a value');
  return flag;
}

function toQuantity({ key }: Setting, { value, origin }: Found): unknown {
  if (typeof value !== 'string') return value;
  const parseUnit = key.endsWith('Bytes') ? parseSizeBytes : key.endsWith('Ms') ? parseDurationMs : undefined;
  if (!parseUnit) return value;
  const number = parseUnit(value);
  if (number === undefined) {
    const example = key.endsWith('Bytes') ? '256MiB' : '10s';
    throw new ConfigError(key, origin, `${JSON.stringify(value)} is not a quantity such as ${example}`);
  }
  return number;
}

function check<S extends TObject>(schema: S, found: ReadonlyMap<string, Found>): Static<S> {
  const raw = Object.fromEntries([...found].map(([key, { value }]) => [key, value]));
  const value: unknown = Value.Default(schema, Value.Convert(schema, raw));
  if (Value.Check(schema, value)) return value;
  const [first] = Value.Errors(schema, value);
  const key = first?.instancePath.split('/')[1] ?? 'configuration';
  throw new ConfigError(key, found.get(key)?.origin ?? 'not set', first?.message ?? 'does not fit');
}

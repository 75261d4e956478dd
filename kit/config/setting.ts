// What one setting is called in each place that it can come from.
import type { TObject, TSchema } from 'typebox';

export interface Setting {
  readonly key: string;
  readonly flag: string;
  readonly variable: string;
  readonly required: boolean;
  readonly isList: boolean;
  readonly isFlag: boolean;
  readonly description: string | undefined;
  readonly defaultValue: unknown;
}

const words = (key: string): readonly string[] => key.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

interface Described {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
}

function toSetting(key: string, schema: TSchema, prefix: string, required: boolean): Setting {
  const described: Described = schema;
  return {
    key,
    flag: words(key).join('-'),
    variable: prefix + words(key).join('_').toUpperCase(),
    required: required && described.default === undefined,
    isList: described.type === 'array',
    isFlag: described.type === 'boolean',
    description: described.description,
    defaultValue: described.default,
  };
}

/** `spoolLimitBytes` is `--spool-limit-bytes`, `YAGURA_SPOOL_LIMIT_BYTES` and `spoolLimitBytes:` in the file. */
export const settingsOf = (schema: TObject, prefix: string): readonly Setting[] =>
  Object.entries(schema.properties).map(([key, property]) =>
    toSetting(key, property, prefix, (schema.required ?? []).includes(key)),
  );

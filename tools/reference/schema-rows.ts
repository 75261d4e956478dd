// Flattens a JSON schema into rows: path, type, whether it must be there, what it means.

export interface SchemaRow {
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

const typeOf = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.type === 'array') return `${schema.items === undefined ? 'any' : typeOf(schema.items)}[]`;
  if (schema.patternProperties !== undefined) {
    const [value] = Object.values(schema.patternProperties);
    return `map of ${value === undefined ? 'any' : typeOf(value)}`;
  }
  return schema.type ?? 'any';
};

const inside = (schema: Schema): Schema =>
  schema.type === 'array' && schema.items !== undefined ? schema.items : schema;

export const schemaRows = (schema: Schema, before = ''): readonly SchemaRow[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${before}${name}${property.type === 'array' ? '[]' : ''}`;
    const row = {
      path,
      type: typeOf(property),
      isRequired: schema.required?.includes(name) ?? false,
      description: property.description ?? '',
    };
    return [row, ...schemaRows(inside(property), `${path}.`)];
  });

/** What a schema library adds in symbols and functions is not part of the schema. */
export const plainSchema = (schema: unknown): Schema => JSON.parse(JSON.stringify(schema ?? {}));

// The layout of a C struct, computed from its fields as a C compiler would; tests hold it against BTF.

const scalarSizes = { u8: 1, u16: 2, u32: 4, u64: 8 } as const;
type Scalar = keyof typeof scalarSizes;

export interface StructLayout<N extends string = string> {
  readonly name: string;
  readonly sizeBytes: number;
  readonly at: Readonly<Record<N, number>>;
  readonly alignBytes: number;
}

interface FieldType {
  readonly sizeBytes: number;
  readonly alignBytes: number;
}
type Field = Scalar | StructLayout | FieldType;

/** An array of `count` elements. */
export function arrayOf(field: Field, count: number): FieldType {
  const { sizeBytes, alignBytes } = typeOf(field);
  return { sizeBytes: sizeBytes * count, alignBytes };
}

const typeOf = (field: Field): FieldType =>
  typeof field === 'string' ? { sizeBytes: scalarSizes[field], alignBytes: scalarSizes[field] } : field;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** `fields` in the order of the C declaration. */
export function defineStruct<const F extends Readonly<Record<string, Field>>>(
  name: string,
  fields: F,
): StructLayout<keyof F & string> {
  const at: Record<string, number> = {};
  let end = 0;
  let alignBytes = 1;
  for (const [field, declared] of Object.entries(fields)) {
    const type = typeOf(declared);
    at[field] = roundUp(end, type.alignBytes);
    end = at[field] + type.sizeBytes;
    alignBytes = Math.max(alignBytes, type.alignBytes);
  }
  return {
    name,
    sizeBytes: roundUp(end, alignBytes),
    alignBytes,
    at: at as Record<keyof F & string, number>,
  };
}

// Bytes written in hexadecimal, for `bcontains` and `bstartswith`.

export const bytesMistake = (hex: string): string | undefined =>
  /^(?:[0-9a-fA-F]{2})+$/.test(hex) ? undefined : `"${hex}" is no text of bytes in hexadecimal`;

type Search = (bytes: Buffer, needle: Buffer) => boolean;

/** Bytes that are UTF-8 are compared as text, which is much cheaper than to encode each value. */
function compileBytes(
  hex: string,
  onText: (value: string, needle: string) => boolean,
  onBytes: Search,
): (value: string) => boolean {
  const needle = Buffer.from(hex, 'hex');
  const text = needle.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(needle)) return (value) => onText(value, text);
  return (value) => onBytes(Buffer.from(value, 'utf8'), needle);
}

export const compileBytesContained = (hex: string): ((value: string) => boolean) =>
  compileBytes(
    hex,
    (value, needle) => value.includes(needle),
    (bytes, needle) => bytes.includes(needle),
  );

export const compileBytesFirst = (hex: string): ((value: string) => boolean) =>
  compileBytes(
    hex,
    (value, needle) => value.startsWith(needle),
    (bytes, needle) => bytes.subarray(0, needle.length).equals(needle),
  );

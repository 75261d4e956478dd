// Sizes and durations as people write them: 256MiB, 10s.

const sizeUnits: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  K: 1000,
  KB: 1000,
  KI: 1024,
  KIB: 1024,
  M: 1000 ** 2,
  MB: 1000 ** 2,
  MI: 1024 ** 2,
  MIB: 1024 ** 2,
  G: 1000 ** 3,
  GB: 1000 ** 3,
  GI: 1024 ** 3,
  GIB: 1024 ** 3,
};
const durationUnits: Readonly<Record<string, number>> = {
  '': 1,
  MS: 1,
  S: 1000,
  M: 60_000,
  H: 3_600_000,
  D: 86_400_000,
};

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(text);
  const factor = units[(match?.[2] ?? '?').toUpperCase()];
  return match && factor !== undefined ? Math.round(Number(match[1]) * factor) : undefined;
}

/** Bytes of `1024`, `64KiB`, `256Mi`, `1GB`; `undefined` if it is none of these. */
export const parseSizeBytes = (text: string): number | undefined => parseQuantity(text, sizeUnits);

/** Milliseconds of `500`, `500ms`, `10s`, `5m`, `2h`, `1d`; `undefined` if it is none of these. */
export const parseDurationMs = (text: string): number | undefined => parseQuantity(text, durationUnits);

// Tells "these data cannot be stored", which no second try mends, from every other error.

/** SQLSTATE classes: data exception, integrity violation, program limit exceeded. */
const refusals = /^(22|23|54)/;

export function isDataRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === 'string') return refusals.test(code);
  // JSON too deep or too long to be written.
  return error instanceof RangeError || error instanceof TypeError;
}

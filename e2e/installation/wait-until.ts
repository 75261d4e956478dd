// Waits for something that the outside shows, and says what was last seen when it never comes.

/** Polls `look` every 100 ms until `isRight` holds for what it returned; errors on the way are "not yet". */
export async function waitUntil<T>(
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
  { what, timeoutMs }: { readonly what: string; readonly timeoutMs: number },
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const seen = await look();
      if (isRight(seen)) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come within ${timeoutMs} ms; last seen: ${inspectShort(last)}`);
}

const inspectShort = (value: unknown): string =>
  value instanceof Error ? value.message : (JSON.stringify(value)?.slice(0, 500) ?? String(value));

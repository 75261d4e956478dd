// A list's answer into its items, one by one as they come: the whole is never held.

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
];

export interface ItemBounds {
  readonly maxItemBytes: number;
  /** Called for an item that is longer, which is passed over. */
  readonly onTooLong: () => void;
}

/** Beside its items a list holds some hundred bytes. */
const maxEnvelopeBytes = 64 * 1024;
const itemsKey = /"items"\s*:\s*$/;

/**
 * Yields the text of each item and returns the rest of the list as an object, with no items. Throws if it is not
 * JSON or ends too early.
 */
export async function* splitItems(
  chunks: AsyncIterable<Buffer>,
  { maxItemBytes, onTooLong }: ItemBounds,
): AsyncGenerator<string, unknown> {
  let envelope = '';
  let parts: Buffer[] = [];
  let [depth, sizeBytes] = [0, 0];
  let [isString, isEscaped, inItems] = [false, false, false];
  for await (const chunk of chunks) {
    let from = 0;
    const keep = (to: number): void => {
      if (to <= from) return;
      if (inItems && depth > 1) {
        sizeBytes += to - from;
        if (sizeBytes > maxItemBytes) parts = [];
        else parts.push(chunk.subarray(from, to));
      } else if (!inItems) envelope += chunk.toString('latin1', from, to);
      from = to;
    };
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (isEscaped) isEscaped = false;
      else if (isString) {
        if (byte === backslash) isEscaped = true;
        else if (byte === quote) isString = false;
      } else if (byte === quote) isString = true;
      else if (byte === openBrace || byte === openBracket) {
        if (!inItems && depth === 1 && byte === openBracket) {
          keep(at);
          inItems = itemsKey.test(envelope.slice(-64));
          if (inItems) {
            envelope += '[';
            from = at + 1;
            continue;
          }
        }
        if (inItems && depth === 1) from = at;
        depth += 1;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (inItems && depth === 1) {
          inItems = false;
          from = at;
          continue;
        }
        if (inItems && depth === 2) {
          keep(at + 1);
          if (sizeBytes > maxItemBytes) onTooLong();
          else yield Buffer.concat(parts).toString('utf8');
          parts = [];
          sizeBytes = 0;
        }
        depth -= 1;
      }
    }
    keep(chunk.length);
    if (envelope.length > maxEnvelopeBytes) throw new Error('a list with a huge head');
  }
  if (depth !== 0 || envelope === '') throw new Error('the list ended too early');
  return JSON.parse(envelope) as unknown;
}

// The words on the socket to a node's publisher: blocks of lines one way, acknowledgements the other.

/** What the server accepts; the client stays far below. */
export const wireLimits = {
  blockLines: 20_000,
  blockBytes: 4 * 1024 * 1024,
  lineBytes: 1024 * 1024,
  connections: 8,
} as const;

export interface BlockHeader {
  readonly block: number;
  readonly lines: number;
  /** Names the sender over reconnects, so that a block sent again is known again. */
  readonly from?: string;
}

/** The number of the block that is durable, and with it all before. By hand: a sender may have little memory. */
export function parseAck(text: string): number | undefined {
  try {
    const ack = (JSON.parse(text) as { readonly ack?: unknown } | null)?.ack;
    return typeof ack === 'number' && Number.isSafeInteger(ack) && ack >= 0 ? ack : undefined;
  } catch {
    return undefined;
  }
}

export const formatAck = (block: number): string => `{"ack":${block}}\n`;

export function formatBlock(header: BlockHeader, lines: readonly string[]): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n${lines.join('\n')}\n`);
}

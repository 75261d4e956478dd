// The words on the socket between collector and publisher: blocks of lines one way, acknowledgements the other.
import Type from 'typebox';
import Value from 'typebox/value';

/** What the server accepts; the client stays far below. */
export const wireLimits = {
  blockLines: 20_000,
  blockBytes: 4 * 1024 * 1024,
  lineBytes: 1024 * 1024,
  connections: 8,
} as const;

const BlockHeader = Type.Object({
  block: Type.Integer({ minimum: 0 }),
  lines: Type.Integer({ minimum: 1, maximum: wireLimits.blockLines }),
  from: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
});

const Ack = Type.Object({ ack: Type.Integer({ minimum: 0 }) });

export interface BlockHeader {
  readonly block: number;
  readonly lines: number;
  /** Names the sender over reconnects, so that a block sent again is known again. */
  readonly from?: string;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function parseBlockHeader(text: string): BlockHeader | undefined {
  const value = parse(text);
  return Value.Check(BlockHeader, value) ? value : undefined;
}

/** The number of the block that is durable, and with it all before. */
export function parseAck(text: string): number | undefined {
  const value = parse(text);
  return Value.Check(Ack, value) ? value.ack : undefined;
}

export const formatAck = (block: number): string => `{"ack":${block}}\n`;

export function formatBlock(header: BlockHeader, lines: readonly string[]): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n${lines.join('\n')}\n`);
}

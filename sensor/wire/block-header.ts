// The header of a block, as any program on the node may have written it.
import { type BlockHeader, wireLimits } from '@yagura/kit';
import Type from 'typebox';
import Value from 'typebox/value';

const Header = Type.Object({
  block: Type.Integer({ minimum: 0 }),
  lines: Type.Integer({ minimum: 1, maximum: wireLimits.blockLines }),
  from: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
});

/** `undefined` for anything else. */
export function parseBlockHeader(text: string): BlockHeader | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(Header, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// A sentence in which `words between backticks` are code, as authors of rules write them.
import type { ReactNode } from 'react';

export const Prose = ({ text }: { readonly text: string }): ReactNode =>
  text.split(/(`[^`]+`)/).map((part, index) =>
    part.startsWith('`') && part.endsWith('`') && part.length > 2 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity, and do not move
      <code key={index}>{part.slice(1, -1)}</code>
    ) : (
      part
    ),
  );

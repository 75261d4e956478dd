// The one list of what `yagura workspace` can do, in the order of its help.
import type { AddCommand } from '../../command.ts';
import { addCreate } from './create.ts';
import { addRetention } from './retention.ts';
import { addRotate } from './rotate.ts';
import { addShow } from './show.ts';
import { addToken } from './token.ts';
import { addTokens } from './tokens.ts';

export const workspaceCommands: readonly AddCommand[] = [
  addShow,
  addCreate,
  addToken,
  addTokens,
  addRotate,
  addRetention,
];

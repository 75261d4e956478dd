// The one list of what `yagura extensions` can do, in the order of its help.
import type { AddCommand } from '../../command.ts';
import { addInstall } from './install.ts';
import { addList } from './list.ts';
import { addRemove } from './remove.ts';
import { addStatus } from './status.ts';
import { addUpgrade } from './upgrade.ts';

export const extensionCommands: readonly AddCommand[] = [
  addList,
  addStatus,
  addInstall,
  addUpgrade,
  addRemove,
];

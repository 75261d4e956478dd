// The one list of what `yagura rules` can do, in the order of its help.
import type { AddCommand } from '../../command.ts';
import { addBacktest } from './backtest.ts';
import { addCheck } from './check.ts';
import { addExplain } from './explain.ts';
import { addHubFiles } from './hub-files.ts';
import { addHubState } from './hub-state.ts';
import { addHubSwitches } from './hub-switches.ts';
import { addLint } from './lint.ts';
import { addList } from './list.ts';
import { addShow } from './show.ts';
import { addTest } from './test.ts';

export const ruleCommands: readonly AddCommand[] = [
  addList,
  addShow,
  addTest,
  addLint,
  addCheck,
  addExplain,
  addBacktest,
  addHubFiles,
  addHubSwitches,
  addHubState,
];

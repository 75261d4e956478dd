// `yagura rules state`: what rules of a hub remember.
import { type AddCommand, examples } from '../../command.ts';
import { withHub } from '../../hub-client/hub-options.ts';
import type { HubRuleOptions } from '../hub/hub-rules.ts';

export const addHubState: AddCommand = (rules, terminal) => {
  const state = rules
    .command('state')
    .description('take what thresholds, sequences and novelty rules remember from one hub to another')
    .addHelpText('after', examples('yagura rules state export > state.ndjson'));
  withHub(state.command('export'))
    .description('print what rules remember: a line per rule and cluster')
    .option('--rule <id>', 'of this rule only')
    .option('--cluster <name>', 'of this cluster only')
    .addHelpText('after', examples('yagura rules state export --cluster prod > state.ndjson'))
    .action(async (options: HubRuleOptions & { rule?: string; cluster?: string }) => {
      const { exportMemory } = await import('../hub/rule-memory.ts');
      await exportMemory(options, terminal);
    });
  withHub(state.command('import'))
    .description('replace what rules remember by the lines of a file; others stay')
    .argument('<file>', 'what export printed; - for standard input')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules state import state.ndjson'))
    .action(async (path: string, options: HubRuleOptions) => {
      const { importMemory } = await import('../hub/rule-memory.ts');
      terminal.setExitCode(await importMemory(path, options, terminal));
    });
};

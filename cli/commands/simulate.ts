// `yagura simulate`
import { type AddCommand, examples } from '../command.ts';
import { withHub } from '../hub-client/hub-options.ts';
import type { SimulateOptions } from '../simulate/simulate-attacks.ts';

export const addSimulate: AddCommand = (parent, terminal) => {
  withHub(parent.command('simulate'))
    .description('run harmless attacks in a container of its own and see which alerts arrive')
    .option('--scenario <id...>', 'only these')
    .option('--timeout <seconds>', 'how long to wait for the alerts of each scenario', '15')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `
Needs root, runc and a running hub and sensor on this machine. Makes one container with runc, runs each scenario in it,
and removes it. Nothing leaves the loopback interface. Exit code 2 when an expected alert did not arrive.
${examples('yagura simulate', 'yagura simulate --scenario reverse-shell --json')}`,
    )
    .action(async (options: SimulateOptions) => {
      const { simulateAttacks } = await import('../simulate/simulate-attacks.ts');
      await simulateAttacks(options, terminal);
    });
};

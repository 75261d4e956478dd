// `yagura rules enable`, `disable` and `reload`: which rules a hub runs.
import { type AddCommand, examples } from '../../command.ts';
import { withHub } from '../../hub-client/hub-options.ts';
import type { HubRuleOptions } from '../hub/hub-rules.ts';

export const addHubSwitches: AddCommand = (rules, terminal) => {
  for (const name of ['disable', 'enable'] as const)
    withHub(rules.command(name))
      .description(`turn rules of a hub ${name === 'enable' ? 'on' : 'off'}, whatever their origin`)
      .argument('<rule...>', 'ids of rules')
      .requiredOption('--reason <text>', 'why; shown at the rule')
      .option('--json', 'as JSON')
      .addHelpText('after', examples(`yagura rules ${name} exec-into-pod --reason "pairing week"`))
      .action(async (ids: string[], options: HubRuleOptions & { reason: string }) => {
        const { switchHubRules } = await import('../hub/hub-rules.ts');
        await switchHubRules(ids, { ...options, enable: name === 'enable' }, terminal);
      });
  withHub(rules.command('reload'))
    .description('have a hub read its folders of rules and lists again')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules reload'))
    .addHelpText('after', '\nExit codes: 0 all rules are sound, 1 some are broken; those run as before.')
    .action(async (options: HubRuleOptions) => {
      const { reloadHubRules } = await import('../hub/hub-rules.ts');
      terminal.setExitCode(await reloadHubRules(options, terminal));
    });
};

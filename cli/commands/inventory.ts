// `yagura inventory …`
import type { ObjectQuery } from '@yagura/contracts';
import { type AddCommand, examples } from '../command.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';

export const addInventory: AddCommand = (parent, terminal) => {
  const inventory = parent
    .command('inventory')
    .description('what the clusters of a hub consist of')
    .addHelpText(
      'after',
      examples('yagura inventory counts prod', 'yagura inventory objects prod --resource pods'),
    );
  withHub(inventory.command('counts'))
    .description('how many objects of each resource are known, and whether these are all')
    .argument('<cluster>', 'its name')
    .option('--json', 'one resource a line, as JSON')
    .addHelpText('after', examples('yagura inventory counts prod', 'yagura inventory counts prod --json'))
    .action(async (cluster: string, options: HubOptions & { json?: boolean }) => {
      const { printCounts } = await import('../inventory/print-inventory.ts');
      await printCounts(cluster, options, terminal);
    });
  withHub(inventory.command('objects'))
    .description('list objects of a cluster')
    .argument('<cluster>', 'its name')
    .option('--resource <plural>', 'such as pods')
    .option('--namespace <name>', 'of this namespace')
    .option('--workload <name>', 'what pods belong to')
    .option('--name <name>', 'of this name')
    .option('--removed', 'those that are gone, too')
    .option('--json', 'one object a line, as JSON')
    .addHelpText(
      'after',
      examples(
        'yagura inventory objects prod --resource pods --namespace shop',
        'yagura inventory objects prod --workload web --json',
      ),
    )
    .action(async (cluster: string, options: HubOptions & ObjectQuery & { json?: boolean }) => {
      const { printObjects } = await import('../inventory/print-inventory.ts');
      await printObjects(cluster, options, terminal);
    });
};

// `yagura nodes …`
import { type AddCommand, examples } from '../command.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';

export const addNodes: AddCommand = (parent, terminal) => {
  const nodes = parent
    .command('nodes')
    .description('list and revoke the nodes of a hub')
    .addHelpText('after', examples('yagura nodes list', 'yagura nodes revoke node-7'));
  withHub(nodes.command('list'))
    .description('list nodes with their state and what was lost on the way')
    .option('--json', 'one node a line, as JSON')
    .addHelpText('after', examples('yagura nodes list', 'yagura nodes list --json'))
    .action(async (options: HubOptions & { json?: boolean }) => {
      const { listNodesOf } = await import('../nodes/nodes.ts');
      await listNodesOf(options, terminal);
    });
  withHub(nodes.command('revoke'))
    .description("refuse a node's certificate, within seconds")
    .argument('<node>', 'its name, or its id where several clusters have one of that name')
    .addHelpText('after', examples('yagura nodes revoke node-7'))
    .action(async (node: string, options: HubOptions) => {
      const { revokeNodeOf } = await import('../nodes/nodes.ts');
      await revokeNodeOf(node, options, terminal);
    });
};

// `yagura clusters …`
import { type AddCommand, examples } from '../command.ts';
import { type HubOptions, withHub } from '../hub-client/hub-options.ts';

export const addClusters: AddCommand = (parent, terminal) => {
  const clusters = parent
    .command('clusters')
    .description('list and revoke the clusters of a hub')
    .addHelpText('after', examples('yagura clusters list', 'yagura clusters revoke prod'));
  withHub(clusters.command('list'))
    .description('list clusters with the state of their connection')
    .option('--json', 'one cluster a line, as JSON')
    .addHelpText('after', examples('yagura clusters list', 'yagura clusters list --json'))
    .action(async (options: HubOptions & { json?: boolean }) => {
      const { listClustersOf } = await import('../clusters/list-clusters.ts');
      await listClustersOf(options, terminal);
    });
  withHub(clusters.command('revoke'))
    .description("refuse a cluster's agent, its nodes and its audit credential, within seconds")
    .argument('<cluster>', 'its name')
    .addHelpText('after', examples('yagura clusters revoke prod'))
    .action(async (name: string, options: HubOptions) => {
      const { revokeClusterOf } = await import('../clusters/list-clusters.ts');
      await revokeClusterOf(name, options, terminal);
    });
};

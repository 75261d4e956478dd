// `yagura disconnect …`
import { type AddCommand, examples } from '../command.ts';
import type { DisconnectOptions } from '../connect/disconnect-kubernetes.ts';
import { withHub } from '../hub-client/hub-options.ts';

export const addDisconnect: AddCommand = (parent, terminal) => {
  const disconnect = parent
    .command('disconnect')
    .description('end the connection of a cluster and leave nothing behind')
    .addHelpText('after', examples('yagura disconnect kubernetes prod --context prod'));
  withHub(disconnect.command('kubernetes'))
    .description('end it at the hub, and delete the agent, its namespace and its roles with kubectl')
    .argument('<cluster>', 'the name that it has in the hub')
    .option('--hub-only', 'the cluster is gone, or out of reach')
    .option('--cluster-only', 'the hub is gone, or out of reach')
    .option('--kubeconfig <file>', "kubectl's")
    .option('--context <name>', "kubectl's")
    .addHelpText(
      'after',
      examples('yagura disconnect kubernetes prod', 'yagura disconnect kubernetes prod --hub-only'),
    )
    .action(async (cluster: string, options: DisconnectOptions) => {
      const { disconnectKubernetes } = await import('../connect/disconnect-kubernetes.ts');
      terminal.setExitCode(await disconnectKubernetes(cluster, options, terminal));
    });
};

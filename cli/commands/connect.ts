// `yagura connect …`
import { type AddCommand, examples, repeated } from '../command.ts';
import type { ConnectOptions } from '../connect/connect-options.ts';
import { withHub } from '../hub-client/hub-options.ts';

export const addConnect: AddCommand = (parent, terminal) => {
  const connect = parent
    .command('connect')
    .description('connect a cluster anywhere to a hub')
    .addHelpText('after', examples('yagura connect kubernetes prod --apply'));
  withHub(connect.command('kubernetes'))
    .description('print, or apply, what a cluster needs to be connected; again for one that has expired')
    .argument('<cluster>', 'the name that it has in the hub')
    .option('--apply', 'apply it with kubectl, instead of printing it')
    .option('--values', 'print values for the Helm chart yagura, instead of a manifest')
    .option('--namespace <name>', 'where the agent lives, alone', 'yagura-connect')
    .option('--image <reference>', "the agent's image")
    .option('--hub <url>', 'https://host:port of the hub, as the cluster reaches it')
    .option('--proxy <url>', 'HTTP proxy on the way to the hub')
    .option(
      '--grant <role=clusterrole>',
      'grant the hub a role beside yagura-reader; once per role',
      repeated,
    )
    .option(
      '--extensions',
      'let the hub have extensions installed, such as the sensor, in a namespace of their own',
    )
    .option(
      '--extension-values <file>',
      'values of yours for them, by extension, which the hub cannot change',
    )
    .option('--hours <count>', 'how long the token may wait to be used', '24')
    .option('--kubeconfig <file>', "kubectl's, with --apply")
    .option('--context <name>', "kubectl's, with --apply")
    .addHelpText(
      'after',
      examples(
        'yagura connect kubernetes prod | less',
        'yagura connect kubernetes prod --apply --context prod --hub https://hub.example:7443',
        'yagura connect kubernetes prod --apply --proxy http://proxy.example:3128',
        'yagura connect kubernetes prod --values > prod.yaml',
        'yagura connect kubernetes prod --apply --extensions --image registry.example/yagura-connect:0.1.0',
        'yagura connect kubernetes prod --apply --grant yagura-restart=deployment-restarter',
      ),
    )
    .action(async (cluster: string, options: ConnectOptions) => {
      const { connectKubernetes } = await import('../connect/connect-kubernetes.ts');
      terminal.setExitCode(await connectKubernetes(cluster, options, terminal));
    });
};

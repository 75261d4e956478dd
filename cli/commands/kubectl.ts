// `yagura kubectl …`
import { type AddCommand, examples } from '../command.ts';
import { withHub } from '../hub-client/hub-options.ts';
import type { KubectlOptions } from '../kubectl/kubectl.ts';

export const addKubectl: AddCommand = (parent, terminal) => {
  withHub(parent.command('kubectl'))
    .description('run kubectl on a connected cluster, through the hub; each request is in the trail')
    .requiredOption('--cluster <name>', 'the connected cluster')
    .option('--as <role>', 'a role that its owner granted; yagura-reader unless told')
    .argument('<words...>', 'what kubectl is to do, after --')
    .addHelpText(
      'after',
      examples(
        'yagura kubectl --cluster prod -- get pods --all-namespaces',
        'yagura kubectl --cluster prod --as yagura-restart -- rollout restart deployment/shop -n shop',
      ),
    )
    .action(async (words: string[], options: KubectlOptions) => {
      const { kubectlOf } = await import('../kubectl/kubectl.ts');
      terminal.setExitCode(await kubectlOf(words, options, terminal));
    });
};

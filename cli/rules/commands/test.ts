// `yagura rules test [FOLDER]`
import { type AddCommand, examples } from '../../command.ts';

export const addTest: AddCommand = (rules, terminal) => {
  rules
    .command('test')
    .description('run the tests that stand beside rules (<rule>.test.yaml) through the engine')
    .argument('[folder]', 'folder of rules; those that come with Yagura unless told')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules test', 'yagura rules test ./my-rules'))
    .addHelpText('after', '\nExit codes: 0 all passed, 1 a test failed or a rule is broken.\n')
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      const { testRules } = await import('../prove-rules.ts');
      terminal.setExitCode(await testRules(folder, options.json ?? false, terminal));
    });
};

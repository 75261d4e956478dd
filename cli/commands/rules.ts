// `yagura rules …`
import type { Command } from 'commander';
import { type AddCommand, examples } from '../command.ts';

interface RuleOptions {
  readonly rules?: readonly string[];
  readonly json?: boolean;
}

export const addRules: AddCommand = (parent, terminal) => {
  const rules = parent
    .command('rules')
    .description('list, show, test and lint detection rules')
    .addHelpText('after', examples('yagura rules list', 'yagura rules test ./my-rules'));
  withFolders(rules.command('list'))
    .description('list the rules that come with Yagura, and those of other folders')
    .addHelpText('after', examples('yagura rules list', 'yagura rules list --rules ./my-rules --json'))
    .action(async (options: RuleOptions) => {
      const { listRules } = await import('../rules/list-rules.ts');
      terminal.setExitCode(await listRules(options, terminal));
    });
  withFolders(rules.command('show'))
    .description('show one rule: what it looks for, why, and what to do about it')
    .argument('<rule>', 'id of the rule')
    .addHelpText('after', examples('yagura rules show privileged-container'))
    .action(async (id: string, options: RuleOptions) => {
      const { showRule } = await import('../rules/list-rules.ts');
      terminal.setExitCode(await showRule(id, options, terminal));
    });
  addProofs(rules, terminal);
};

const addProofs: AddCommand = (rules, terminal) => {
  rules
    .command('test')
    .description('run the tests that stand beside rules (<rule>.test.yaml) through the engine')
    .argument('[folder]', 'folder of rules; those that come with Yagura unless told')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules test', 'yagura rules test ./my-rules'))
    .addHelpText('after', '\nExit codes: 0 all passed, 1 a test failed or a rule is broken.\n')
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      const { testRules } = await import('../rules/prove-rules.ts');
      terminal.setExitCode(await testRules(folder, options.json ?? false, terminal));
    });
  rules
    .command('lint')
    .description('tell what is wrong or missing in rule files, with file, line and column')
    .argument('[folder]', 'folder of rules; those that come with Yagura unless told')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules lint', 'yagura rules lint ./my-rules --json'))
    .addHelpText('after', '\nExit codes: 0 nothing found, 1 something found.\n')
    .action(async (folder: string | undefined, options: { json?: boolean }) => {
      const { lint } = await import('../rules/prove-rules.ts');
      terminal.setExitCode(await lint(folder, options.json ?? false, terminal));
    });
};

const withFolders = (command: Command): Command =>
  command
    .option('--rules <folder...>', 'more rules, beside those that come with Yagura')
    .option('--json', 'as JSON');

// `yagura rules push`, `pull`, `versions`, `restore` and `remove`: rule files that are kept in a hub.
import { type AddCommand, examples, repeated } from '../../command.ts';
import { withHub } from '../../hub-client/hub-options.ts';
import type { HubRuleOptions } from '../hub/hub-rules.ts';
import type { PushOptions } from '../hub/rule-files.ts';

type Commented = HubRuleOptions & { readonly comment?: string };
const comment = ['--comment <text>', 'why, for whoever reads the history'] as const;

export const addHubFiles: AddCommand = (rules, terminal) => {
  withHub(rules.command('push'))
    .description(
      'save rule files in a hub, and run their rules from now on; a broken one is refused, and one whose tests fail',
    )
    .argument('<file...>', 'rule files')
    .option(...comment)
    .option('--tests', 'also the <name>.test.yaml beside each; without it those in the hub stay')
    .option('--no-tests', 'and drop the tests that are in the hub')
    .option('--override <rule>', 'id of a rule that these files stand in for; once per rule', repeated)
    .option('--if-version <version>', 'refuse unless this is the version in the hub; 0: there is none')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples('yagura rules push my-rules/*.yaml --tests --comment "bulk reads of secrets"'),
    )
    .action(async (paths: string[], options: PushOptions) => {
      const { pushRuleFiles } = await import('../hub/rule-files.ts');
      await pushRuleFiles(paths, options, terminal);
    });
  withHub(rules.command('pull'))
    .description('write the rule files of a hub, and their tests, into a folder')
    .option('--to <folder>', 'where to; here unless told')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules pull --to my-rules'))
    .action(async (options: HubRuleOptions & { to?: string }) => {
      const { pullRuleFiles } = await import('../hub/rule-files.ts');
      await pullRuleFiles(options, terminal);
    });
  addHistory(rules, terminal);
};

const addHistory: AddCommand = (rules, terminal) => {
  withHub(rules.command('versions'))
    .description('list the versions of a rule file of a hub, with author and comment')
    .argument('<name>', 'of the file, without .yaml')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules versions my-rule'))
    .action(async (name: string, options: HubRuleOptions) => {
      const { listVersions } = await import('../hub/rule-files.ts');
      await listVersions(name, options, terminal);
    });
  withHub(rules.command('restore'))
    .description('make an earlier version of a rule file the latest again')
    .argument('<name>', 'of the file')
    .argument('<version>', 'its number')
    .option(...comment)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules restore my-rule 3 --comment "4 was too noisy"'))
    .action(async (name: string, version: string, options: Commented) => {
      const { restoreVersion } = await import('../hub/rule-files.ts');
      await restoreVersion({ name, version }, options, terminal);
    });
  withHub(rules.command('remove'))
    .description('remove a rule file from a hub; its versions stay')
    .argument('<name>', 'of the file')
    .option(...comment)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura rules remove my-rule'))
    .action(async (name: string, options: Commented) => {
      const { removeRuleFile } = await import('../hub/rule-files.ts');
      await removeRuleFile(name, options, terminal);
    });
};

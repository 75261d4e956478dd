// `yagura version`
import type { AddCommand } from '../command.ts';
import { examples } from '../command.ts';

export const addVersion: AddCommand = (parent, terminal) => {
  parent
    .command('version')
    .description('show the version of Yagura and of what it runs on')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('yagura version', 'yagura version --json'))
    .action(async (options: { json?: boolean }) => {
      const { readVersions } = await import('../version/read-versions.ts');
      const versions = await readVersions(terminal.nodeVersion);
      const text = options.json
        ? `${JSON.stringify(versions)}\n`
        : `yagura ${versions.yagura} (node ${versions.node}, ${versions.platform}, kernel ${versions.kernel})\n`;
      await terminal.print(text);
    });
};

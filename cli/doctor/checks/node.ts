// The Node that runs Yagura's programs.
import { type Check, missing, ok } from '../check.ts';

const wanted = 26;

export const node: Check = {
  id: 'node',
  title: 'Node',
  for: 'everything',
  isRequired: true,
  async run({ terminal }) {
    const found = `${terminal.nodeVersion} (${terminal.nodePath})`;
    if (Number(terminal.nodeVersion.split('.')[0]) >= wanted) return ok(found);
    return missing(
      found,
      `Use ./yagura or npx yagura: they run the Node ${wanted} that "npm install" brought.`,
    );
  },
};

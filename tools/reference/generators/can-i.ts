// docs/reference/can-i.md and can-i.json: what every account may and what it is refused, as a test asks a real API server.
import type { Generator } from '../generator.ts';
import { code, page, table } from '../markdown.ts';
import { accountsOf } from '../rights/answers.ts';
import { questions, textOf } from '../rights/questions.ts';
import { rolesOf } from '../rights/roles.ts';

const generate = async (root: string): Promise<string> => {
  const accounts = accountsOf(await rolesOf(root));
  return page(
    'What every account may in a cluster',
    'Made from the [roles](rbac.md). The cluster tests install the charts and ask a real API server each of these questions, as `kubectl auth can-i --as` does; it has to give each of these answers. An empty cell is a refusal.',
    table(
      ['may it', ...accounts.map(({ name }) => name)],
      questions.map((question) => [
        code(textOf(question)),
        ...accounts.map(({ may }) => (may(question) ? 'yes' : '')),
      ]),
    ),
    '`yagura-reader` is no account but the user under which the hub looks into a connected cluster. The inventory may list Secrets only with `inventory.secrets`, and the connect agent install anything only with `connect.extensions.enabled`. `default` is what pods get that name no account.',
  );
};

const generateJson = async (root: string): Promise<string> => {
  const accounts = accountsOf(await rolesOf(root)).map(({ name, user, may }) => ({
    ...{ name, user },
    answers: questions.map((question) => ({ ...question, may: may(question) })),
  }));
  return `${JSON.stringify(accounts, null, 1)}\n`;
};

export const canI: Generator = { file: 'can-i.md', generate };
export const canIJson: Generator = { file: 'can-i.json', generate: generateJson };

// docs/reference/rbac.md and rbac.json: the rights that parts need in a cluster, made from what their code calls.
import type { Generator } from '../generator.ts';
import { code, codes, page, table } from '../markdown.ts';
import { rolesOf } from '../rights/roles.ts';

const generate = async (root: string): Promise<string> =>
  page(
    'Rights in a cluster',
    'Each role is made from what the code calls. `rbac.json` has the ClusterRoles that need no names, and the chart has them all.',
    ...(await rolesOf(root)).flatMap(({ name, why, only, rules }) => [
      `## ${name}`,
      why,
      table(
        ['API group', 'resources', 'verbs'],
        rules.map((rule) => [
          code(rule.apiGroups[0] || 'core'),
          `${codes(rule.resources)}${only === undefined ? '' : `: ${only}`}`,
          codes(rule.verbs),
        ]),
      ),
    ]),
  );

const generateJson = async (root: string): Promise<string> => {
  const whole = (await rolesOf(root)).filter(({ only }) => only === undefined);
  const items = whole.map(({ name, rules }) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules,
  }));
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
};

export const rbac: Generator = { file: 'rbac.md', generate };
export const rbacJson: Generator = { file: 'rbac.json', generate: generateJson };

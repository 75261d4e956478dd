// docs/reference/permissions.md: what each role may do, and what each permission opens.
import { permissions as all, endpoints, hasPermission, roleNames } from '@yagura/contracts';
import type { Generator } from '../generator.ts';
import { code, codes, page, table } from '../markdown.ts';

const generate = (): string =>
  page(
    'Permissions',
    'A token or a person has one role; each role holds all that the one before it holds.',
    table(
      ['permission', ...roleNames, 'endpoints'],
      all.map((permission) => [
        code(permission),
        ...roleNames.map((role) => (hasPermission(role, permission) ? 'yes' : '')),
        codes(endpoints.filter(({ access }) => access === permission).map(({ id }) => id)),
      ]),
    ),
  );

export const permissions: Generator = { file: 'permissions.md', generate };

// Rules that are loaded.
import { getRule, listRules, type RuleInfo } from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import { type Route, route } from '../route.ts';

export const ruleRoutes = (rules: readonly RuleInfo[]): readonly Route[] => [
  route(listRules, async () => ({ items: [...rules] })),
  route(getRule, async ({ params }) => {
    const rule = rules.find(({ id }) => id === params.id);
    if (rule === undefined) throw new HubError('NOT_FOUND', 'rule');
    return rule;
  }),
];

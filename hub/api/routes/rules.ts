// Rules as they run: list, read, turn on and off, read all folders again.
import {
  disableRule,
  enableRule,
  getRule,
  type HubRule,
  listRuleCases,
  listRules,
  type RuleSwitch,
  reloadRules,
} from '@yagura/contracts';
import { HubError } from '../../errors.ts';
import type { RuleBook } from '../../rules/rule-book.ts';
import { readRuleCases } from '../../rules/rule-cases.ts';
import type { Database } from '../../store/database.ts';
import { switchRule } from '../../store/rule-switches.ts';
import { type Route, route } from '../route.ts';

export interface RuleRouteOptions {
  readonly db: Database;
  readonly ruleBook: RuleBook;
}

export const ruleRoutes = ({ db, ruleBook }: RuleRouteOptions): readonly Route[] => {
  const turn = async (id: string, wish: Omit<RuleSwitch, 'at'>): Promise<HubRule> => {
    found(ruleBook.rule(id));
    await ruleBook.change(() => switchRule(db, id, wish));
    return found(ruleBook.rule(id));
  };
  return [
    route(listRules, async () => ({ items: [...ruleBook.rules()] })),
    route(getRule, async ({ params }) => found(ruleBook.rule(params.id))),
    route(listRuleCases, async ({ params }) =>
      readRuleCases(found(ruleBook.rule(params.id)), { rules: ruleBook.rules(), db }),
    ),
    route(disableRule, async ({ params, body, principal }) =>
      turn(params.id, { enabled: false, reason: body.reason, by: principal.name }),
    ),
    route(enableRule, async ({ params, body, principal }) =>
      turn(params.id, { enabled: true, reason: body.reason, by: principal.name }),
    ),
    route(reloadRules, async () => {
      await ruleBook.reload();
      return {
        rules: ruleBook.rules().length,
        problems: [...ruleBook.problems()],
        notices: [...ruleBook.notices()],
      };
    }),
  ];
};

function found(rule: HubRule | undefined): HubRule {
  if (rule === undefined) throw new HubError('NOT_FOUND', 'rule');
  return rule;
}

// Suppressions: list, create, end, and what one would do.
import {
  createSuppression,
  deleteSuppression,
  listSuppressions,
  previewSuppression,
  type Suppression,
  type SuppressionMatch,
} from '@yagura/contracts';
import type { Clock } from '@yagura/kit';
import { HubError } from '../../errors.ts';
import {
  describeUnfit,
  describeUnknownRule,
  type NamedRule,
  type RuleFitOptions,
  refuseUnknownRule,
} from '../../rules/find-rule-fit.ts';
import { storableTime } from '../../store/storable.ts';
import * as store from '../../store/suppressions.ts';
import {
  describeUnfitCluster,
  knownClusters,
  refuseUnknownCluster,
} from '../../suppression/find-cluster-fit.ts';
import { isSpecific } from '../../suppression/match-alert.ts';
import { previewMatch } from '../../suppression/preview-match.ts';
import { type Route, route } from '../route.ts';

const longestMs = 366 * 24 * 60 * 60 * 1000;

export interface SuppressionRouteOptions extends RuleFitOptions {
  readonly clock: Clock;
}

export const suppressionRoutes = ({ db, clock, ruleBook }: SuppressionRouteOptions): readonly Route[] => [
  route(listSuppressions, async () => {
    const known = { rules: ruleBook.rules(), clusters: await knownClusters(db) };
    return { items: (await store.listSuppressions(db)).map((one) => withNotice(one, known)) };
  }),
  route(createSuppression, async ({ body, principal }) => {
    checkSpecific(body.match);
    await refuseUnknownRule('match.rule', body.match.rule, { db, ruleBook });
    await refuseUnknownCluster(body.match.cluster, db);
    checkExpiry(body.expiresAt, clock.now());
    return store.createSuppression(db, { ...body, createdBy: principal.name });
  }),
  route(deleteSuppression, async ({ params, principal }) => {
    if (!(await store.endSuppression(db, params.id, principal.name)))
      throw new HubError('NOT_FOUND', 'active suppression');
    return undefined;
  }),
  route(previewSuppression, async ({ query }) => {
    const { rule, cluster } = query;
    const notice =
      (rule === undefined ? undefined : await describeUnknownRule(rule, { db, ruleBook })) ??
      (cluster === undefined ? undefined : describeUnfitCluster(cluster, await knownClusters(db)));
    const preview = await previewMatch(db, query, clock.now());
    return notice === undefined ? preview : { ...preview, notice };
  }),
];

interface Known {
  readonly rules: readonly NamedRule[];
  readonly clusters: readonly string[];
}

/** A rule or a cluster may go after it was suppressed, and come back: the suppression stays as it is. */
function withNotice(suppression: Suppression, known: Known): Suppression {
  const { match, state } = suppression;
  if (state !== 'active') return suppression;
  const notice =
    (match.rule === undefined ? undefined : describeUnfit(match.rule, known.rules)) ??
    (match.cluster === undefined ? undefined : describeUnfitCluster(match.cluster, known.clusters));
  return notice === undefined ? suppression : { ...suppression, notice };
}

function checkSpecific(match: SuppressionMatch): void {
  if (!isSpecific(match))
    throw new HubError(
      'REQUEST_INVALID',
      'match: stars alone would keep every alert from view; name something',
    );
}

function checkExpiry(text: string, now: number): void {
  const at = storableTime(text) === null ? Number.NaN : Date.parse(text);
  if (!(at > now && at <= now + longestMs))
    throw new HubError('REQUEST_INVALID', 'expiresAt: must be a time within the next year, RFC 3339');
}

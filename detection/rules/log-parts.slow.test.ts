// What rules say of the parts of an audit log holds: each part is taken away, and the rules' own cases are run without.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiRequested, type Event, type LogPart, logPartNames, type RuleInfo } from '@yagura/contracts';
import { builtinRules, loadRuleFolder, runRuleTests } from '../index.ts';

type Request = ApiRequested['request'];

const isRead = ({ verb, objectRef }: Request): boolean =>
  ['get', 'list', 'watch'].includes(verb) || !objectRef?.resource;

function withoutBodies({ requestObject, responseObject, ...rest }: Request): Request {
  return { ...rest, level: 'Metadata' };
}

/** `undefined`: the request has no record at all. */
const without: Readonly<Record<LogPart, (request: Request) => Request | undefined>> = {
  groups: ({ user: { groups, ...user } = {}, ...rest }) => ({ ...rest, user }),
  reads: (request) => (isRead(request) ? undefined : request),
  bodies: withoutBodies,
  configs: (request) =>
    ['configmaps', 'secrets'].includes(request.objectRef?.resource ?? '') ? withoutBodies(request) : request,
  events: (request) => (request.objectRef?.resource === 'events' ? undefined : request),
  impersonation: ({ impersonatedUser, ...rest }) => rest,
  parameters: ({ requestURI = '', ...rest }) => ({ ...rest, requestURI: requestURI.replace(/\?.*/, '') }),
};

const retellWithout =
  (part: LogPart) =>
  (event: Event): readonly Event[] => {
    if (event.kind !== 'api.requested') return [event];
    const request = without[part](event.request);
    return request === undefined ? [] : [{ ...event, request }];
  };

/** `none` of the cases alert, or `some`, or fewer times, or with a message that says less; or `all` as ever. */
function rest(
  cases: readonly { readonly ok: boolean; readonly message?: string }[],
): 'none' | 'some' | 'all' {
  if (cases.every(({ ok }) => ok)) return 'all';
  return cases.some(({ ok, message }) => ok || !message?.startsWith('0 alerts')) ? 'some' : 'none';
}

/** Whose cases are reads by chance: they would be told of writes too. */
const alsoOfWrites: readonly string[] = [
  'anonymous-request-answered',
  'failed-logins-burst',
  'impersonation-used',
  'person-from-new-country',
  'powerful-user-impersonated',
  'refusals-over-many-resources',
  'service-account-from-new-network',
  'service-account-new-client',
  'service-account-rare-operation',
];

/** What cannot be told apart without the part, and is told rather than missed. */
const loudWithout: Partial<Record<LogPart, readonly string[]>> = {
  groups: ['rights-chain: an administrator installs an operator and makes a token for a dashboard'],
  bodies: [
    'client-certificate-requested: kubelets that join and renew; certificates of other signers',
    'ephemeral-container: an image that the user trusts',
    'long-lived-token-filled: where the body is there, the rule on it tells',
  ],
  configs: ['long-lived-token-filled: where the body is there, the rule on it tells'],
  parameters: [
    'secrets-read-in-bulk: a person lists all releases with Helm, of which there is a quieter rule',
    'secrets-read-in-bulk: a controller fills its cache and watches',
    'secrets-read-in-bulk: Helm looks for its releases in a namespace',
    'secrets-read-in-bulk: `helm --wait`, as Helm 4.3 and 4.0 do it, of which there is a quieter rule',
  ],
};

/** Without parameters a dry run looks like the real thing; a deletion says in its body that it is none. */
const isAboutTrying = (name: string, part: LogPart): boolean =>
  (part === 'parameters' || part === 'bodies') && /dry run|tried/.test(name);

type Left = ReturnType<typeof rest>;

/** Objects of config maps and secrets are bodies too. */
function saidOf(rule: RuleInfo, part: LogPart): Left {
  const has = (parts: readonly LogPart[] = []): boolean =>
    parts.includes(part) || (part === 'bodies' && parts.includes('configs'));
  if (has(rule.needs) || (part === 'reads' && alsoOfWrites.includes(rule.id))) return 'none';
  return has(rule.betterWith) ? 'some' : 'all';
}

for (const part of logPartNames) {
  test(`rules without ${part}`, async () => {
    const { rules } = await loadRuleFolder(builtinRules);
    const { rules: reports } = await runRuleTests(builtinRules, { retell: retellWithout(part) });
    const wrong = reports.flatMap(({ rule, cases }) => {
      const info = rules.find((each) => each.info.id === rule)?.info;
      if (info?.source !== 'k8s_audit') return [];
      const left = rest(cases.filter(({ expects }) => expects === 'alerts'));
      const says = saidOf(info, part);
      return left === says ? [] : [`${rule}: ${left} of it is left, and it says ${says}`];
    });
    assert.deepEqual(wrong, []);
    const loud = reports.flatMap(({ rule, cases }) =>
      cases
        .filter(({ ok, expects, name }) => !ok && expects === 'silence' && !isAboutTrying(name, part))
        .map(({ name }) => `${rule}: ${name}`),
    );
    assert.deepEqual(loud.sort(), (loudWithout[part] ?? []).toSorted());
  });
}

// Who stole the account of an add-on in kube-system is seen like anybody else: rules excuse names, and no namespace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '@yagura/contracts';
import { builtinRules, runRuleTests } from '../index.ts';

const stolen = 'system:serviceaccount:kube-system:metrics-server';

/** Rules that look at people alone, and what stands in for them when an account does the same. */
const aboutPeople: readonly string[] = [
  'daemon-set-by-person', // privileged-container, host-network-pod …: what the pods may do
  'exec-into-pod', // exec-by-service-account
  'gke-personal-account',
  'helm-releases-read', // secrets-read-in-bulk
  'object-changed-by-person', // service-account-rare-operation
  'person-from-new-country', // service-account-from-new-network
  'system-secret-read-by-person', // secret-read-by-new-account
  'user-not-allowed',
];
/** Cases that need two identities, of which there is one here, or that are about what people do. */
const casesAboutOthers: readonly string[] = [
  'external-ip-service: a person writes an address into the status',
  "rights-given-by-new-user: a workload's account, after weeks of a deployer's bindings",
  "secret-read-by-new-account: a week of an operator's reads, then a web shop's account reads, three secrets",
  'secrets-read-in-bulk: a person watches secrets',
  "secrets-read-in-bulk: the whole cluster watched in Helm's name",
  "workload-deployed-by-new-user: a web shop's account starts pods where a pipeline deployed for weeks",
];

const partOfCluster = /^(?:system:(?!serviceaccount:)|system:serviceaccount:kube-system:|eks:)/;

/** What people and workloads do in the rules' own cases, done with the stolen account. */
function withStolenAccount(event: Event): readonly Event[] {
  if (event.kind !== 'api.requested') return [event];
  const { request } = event;
  if (partOfCluster.test(request.user?.username ?? '')) return [event];
  return [{ ...event, request: { ...request, user: { ...request.user, username: stolen } } }];
}

test('what is told of others is told of an account in kube-system', async () => {
  const { rules } = await runRuleTests(builtinRules, { retell: withStolenAccount });
  const unseen = rules
    .filter(({ rule }) => !aboutPeople.includes(rule))
    .flatMap(({ rule, cases }) =>
      cases
        .filter(({ expects, message }) => expects === 'alerts' && message?.startsWith('0 alerts'))
        .map(({ name }) => `${rule}: ${name}`),
    );
  assert.deepEqual(unseen.sort(), casesAboutOthers);
});

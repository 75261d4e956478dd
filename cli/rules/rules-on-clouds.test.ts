// Every rule on audit logs fires on its own cases when they come in the log of a cloud, or says what it needs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ApiRequested,
  type AuditProvider,
  type Event,
  lackingParts,
  type RuleInfo,
} from '@yagura/contracts';
import { builtinRules, loadRuleFolder, runRuleTests } from '@yagura/detection';
import { RecordReader } from '../analyze/read-event.ts';
import { aksRecord, eksEnvelope, gkeEntry } from '../testing/cloud-records.ts';

const forms = { aks: aksRecord, eks: eksEnvelope, gke: gkeEntry } as const;
type Cloud = keyof typeof forms;

/** No documentation tells how an entry of GKE shows a request for no resource, or a JSON patch, which is a list. */
const isUndocumented = ({ request }: ApiRequested): boolean =>
  !request.objectRef?.resource || Array.isArray(request.requestObject);

/** The event's record, told by a cloud and read from its log. */
function retell(cloud: Cloud, event: ApiRequested): readonly Event[] {
  const record = {
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1' },
    ...event.request,
    stageTimestamp: event.time,
    ...(event.quality.truncated ? { annotations: { 'audit.k8s.io/truncated': 'true' } } : {}),
  };
  const reader = new RecordReader('test');
  const records = reader.read(JSON.parse(JSON.stringify(forms[cloud](record))));
  assert.ok(records !== 'needs-schemas');
  return [...records, ...reader.end()].map((each) => {
    assert.ok(each.ok === true && each.event.kind === 'api.requested', JSON.stringify(each));
    assert.equal(each.event.provider, cloud);
    return each.event;
  });
}

/** What is of another cloud, and what nobody knows the shape of, stays as it is. */
const retellAs =
  (cloud: Cloud) =>
  (event: Event): readonly Event[] => {
    if (event.kind !== 'api.requested') return [event];
    const isOther = event.provider !== 'kubernetes' && event.provider !== cloud;
    return isOther || (cloud === 'gke' && isUndocumented(event)) ? [event] : retell(cloud, event);
  };

/** The command of an exec stands in parameters that GKE does not log; its alert says so, and is one. */
const lacksCommandOnly = (message = ''): boolean =>
  message.startsWith('the message is') && message.includes('command=<NA>');

/** What can be switched on counts as there. */
const isOutOfReach = (rule: RuleInfo, cloud: AuditProvider): boolean =>
  rule.onlyOn?.includes(cloud) === false ||
  (rule.needs ?? []).some((part) => {
    const lacking = lackingParts[cloud][part];
    return lacking !== undefined && lacking.mend === undefined;
  });

/** Parameters and stages are not in GKE's entries: a dry run looks like the real thing, and so does a beginning. */
const isAboutTrying = (name: string): boolean => /dry run|tried|not yet answered/.test(name);

/** Services that are internal by the annotation of each cloud: those of another one do nothing here. */
const internalElsewhere: readonly string[] = ['dashboard', 'kubeflow', 'postgres', 'redis', 'service'].map(
  (what) => `exposed-${what}: a load balancer of the own network: AKS, EKS, GKE`,
);
const internalOnAks =
  'system-service-exposed: other namespaces, inside the cluster, or inside the own network';

const loudOn: Readonly<Record<Cloud, readonly string[]>> = {
  aks: internalElsewhere,
  eks: [...internalElsewhere, internalOnAks],
  gke: [
    ...internalElsewhere,
    // The case is about another provider.
    'gke-personal-account: an account of the organisation, refused, not on GKE, what kubectl asks about itself',
    // Any list of all secrets by Helm's program passes for a list of releases.
    'helm-releases-read: in a namespace, refused, and what another rule tells: another label, kubectl, a service account',
    // The path behind a proxy is not logged either.
    'kubelet-reached-by-proxy: Prometheus of old, metrics of cAdvisor, the API server itself, refused',
    // Nor are groups.
    'rights-chain: an administrator installs an operator and makes a token for a dashboard',
    internalOnAks,
  ],
};

for (const cloud of ['aks', 'eks', 'gke'] as const) {
  test(`rules on the log of ${cloud}`, async () => {
    const { rules } = await loadRuleFolder(builtinRules);
    const { rules: reports } = await runRuleTests(builtinRules, { retell: retellAs(cloud) });
    const deaf = reports.flatMap(({ rule, cases }) => {
      const info = rules.find((each) => each.info.id === rule)?.info;
      if (info?.source !== 'k8s_audit' || isOutOfReach(info, cloud)) return [];
      return cases
        .filter(({ ok, expects, message }) => !ok && expects === 'alerts' && !lacksCommandOnly(message))
        .map(({ name, message }) => `${rule}: ${name}: ${message}`);
    });
    assert.deepEqual(deaf, []);
    const loud = reports.flatMap(({ rule, cases }) =>
      cases
        .filter(({ ok, expects, name }) => !ok && expects === 'silence' && !isAboutTrying(name))
        .map(({ name }) => `${rule}: ${name}`),
    );
    assert.deepEqual(loud.sort(), loudOn[cloud]);
  });
}

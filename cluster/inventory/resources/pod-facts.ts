// What a pod, or the template of pods in a workload, is and may do.
import type { ContainerFacts, ObjectFacts, ObjectOwner, SecurityFact } from '@yagura/contracts';
import { at, defined, list, type Outside, some, text } from './outside-value.ts';

const maxContainers = 32;

const containersOf = (spec: Outside): readonly Outside[] => [
  ...list(at(spec, 'containers')),
  ...list(at(spec, 'initContainers')),
  ...list(at(spec, 'ephemeralContainers')),
];

const digest = /sha256:[0-9a-f]{64}/;

/** With the digest that the runtime found, where there is a status. */
function containerFacts(spec: Outside, status?: Outside): ContainerFacts[] {
  const digests = new Map(
    ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']
      .flatMap((key) => list(at(status, key)))
      .map((one) => [at(one, 'name'), digest.exec(text(at(one, 'imageID'), 1024) ?? '')?.[0]]),
  );
  return containersOf(spec)
    .slice(0, maxContainers)
    .map((container) =>
      defined<ContainerFacts>({
        name: text(at(container, 'name')) ?? '',
        image: text(at(container, 'image'), 1024) ?? '',
        imageDigest: digests.get(at(container, 'name')),
      }),
    );
}

const tests: readonly (readonly [
  SecurityFact,
  (spec: Outside, containers: readonly Outside[]) => boolean,
])[] = [
  ['privileged', (_, all) => all.some((one) => at(one, 'securityContext', 'privileged') === true)],
  ['hostNetwork', (spec) => at(spec, 'hostNetwork') === true],
  ['hostPid', (spec) => at(spec, 'hostPID') === true],
  ['hostIpc', (spec) => at(spec, 'hostIPC') === true],
  ['hostPath', (spec) => list(at(spec, 'volumes')).some((one) => at(one, 'hostPath') !== undefined)],
  [
    'hostPort',
    (_, all) => all.some((one) => list(at(one, 'ports')).some((port) => Number(at(port, 'hostPort')) > 0)),
  ],
  [
    'runAsRoot',
    (spec, all) =>
      all.some(
        (one) => (at(one, 'securityContext', 'runAsUser') ?? at(spec, 'securityContext', 'runAsUser')) === 0,
      ),
  ],
  [
    'privilegeEscalation',
    (_, all) => all.some((one) => at(one, 'securityContext', 'allowPrivilegeEscalation') === true),
  ],
  [
    'addedCapabilities',
    (_, all) => all.some((one) => list(at(one, 'securityContext', 'capabilities', 'add')).length > 0),
  ],
  ['noTokenMount', (spec) => at(spec, 'automountServiceAccountToken') === false],
];

/** Only what is written in the object: what an image or a default does is not known here. */
function securityOf(spec: Outside): SecurityFact[] | undefined {
  const containers = containersOf(spec);
  return some(tests.filter(([, holds]) => holds(spec, containers)).map(([fact]) => fact));
}

export const podSpecFacts = (spec: Outside, status?: Outside): ObjectFacts =>
  defined<ObjectFacts>({
    serviceAccount: text(at(spec, 'serviceAccountName')),
    containers: containerFacts(spec, status),
    security: securityOf(spec),
    cut: containersOf(spec).length > maxContainers ? true : undefined,
  });

const templateHash = ['metadata', 'labels', 'pod-template-hash'] as const;
const cronJobRun = /-\d{8,10}$/;

/**
 * The top of a pod's owners without asking for those between: a deployment names its replica set after itself and the
 * hash that its pods bear as a label, a cron job its jobs after itself and the minute.
 */
export function workloadOf(object: Outside): ObjectOwner | undefined {
  const owners = list(at(object, 'metadata', 'ownerReferences'));
  const owner = owners.find((one) => at(one, 'controller') === true) ?? owners[0];
  const [kind, name] = [text(at(owner, 'kind'), 64), text(at(owner, 'name'))];
  if (kind === undefined || name === undefined) return undefined;
  const hash = text(at(object, ...templateHash));
  if (kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`))
    return { kind: 'Deployment', name: name.slice(0, -hash.length - 1) };
  if (kind === 'Job' && cronJobRun.test(name)) return { kind: 'CronJob', name: name.replace(cronJobRun, '') };
  return { kind, name };
}

// Fields of what holds a pod back, and where it is made to run.
import type { ApiRequested } from '@yagura/contracts';
import { auditField, type Field } from './field.ts';
import { at, flag, inside, listOf, present, readEach, text } from './outside-value.ts';
import { containersOf, podSpec } from './pod-spec.ts';
import { rememberLast } from './remember-last.ts';
import { controllerOf } from './workload-name.ts';
import { writtenValue } from './written-value.ts';

type Read = (security: unknown) => string | undefined;

/** Of the pod and of each container that sets it. */
const everywhere = (read: Read) => () => (event: ApiRequested) => readEach(securityContextsOf(event), read);

const securityContextsOf = rememberLast((event: ApiRequested) => {
  const own = inside(podSpec(event))?.securityContext;
  const inner = readEach(containersOf(event), (one) => inside(one)?.securityContext);
  return own === undefined ? inner : [own, ...inner];
});

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** Older than the field of Kubernetes 1.30, and still obeyed. */
function annotatedAppArmor(event: ApiRequested): readonly string[] {
  const annotations = writtenValue(event, 'metadata', 'annotations');
  const found: string[] = [];
  if (typeof annotations !== 'object' || annotations === null) return found;
  for (const key of Object.keys(annotations)) {
    if (!key.startsWith(appArmorPrefix)) continue;
    const value = at(annotations, key);
    if (typeof value === 'string') found.push(value);
  }
  return found;
}

const profileType = (profile: unknown): string | undefined => text(inside(profile)?.type);

export const kaConfinementFields: readonly Field[] = [
  auditField({
    name: 'ka.req.pod.seccomp',
    isList: true,
    description: 'Kinds of the seccomp profiles of the pod and its containers',
    example: 'Unconfined',
    bind: everywhere((security) => profileType(inside(security)?.seccompProfile)),
  }),
  auditField({
    name: 'ka.req.pod.apparmor',
    isList: true,
    description: 'AppArmor profiles of the pod and its containers, from fields and older annotations',
    example: 'unconfined',
    bind: () => {
      const read = everywhere((security) => profileType(inside(security)?.appArmorProfile))();
      return (event) => {
        if (podSpec(event) === undefined) return [];
        const annotated = annotatedAppArmor(event);
        return annotated.length === 0 ? read(event) : [...read(event), ...annotated];
      };
    },
  }),
  auditField({
    name: 'ka.req.pod.host_process',
    type: 'boolean',
    isList: true,
    description: 'The hostProcess flag of Windows pods and containers that set it',
    example: 'true',
    bind: () => (event) =>
      readEach(securityContextsOf(event), (security) =>
        flag(inside(inside(security)?.windowsOptions)?.hostProcess),
      ),
  }),
  auditField({
    name: 'ka.req.pod.node',
    description: 'Node that the pod is put on without the scheduler',
    example: 'node-1',
    bind: () => (event) => text(inside(podSpec(event))?.nodeName),
  }),
  auditField({
    name: 'ka.req.pod.node_selector',
    isList: true,
    description: 'Labels of nodes that the pod asks for: keys of nodeSelector and of required node affinity',
    example: 'node-role.kubernetes.io/control-plane',
    bind: () => (event) => nodeSelectors(podSpec(event)),
  }),
  auditField({
    name: 'ka.req.pod.tolerations',
    isList: true,
    description: 'Keys of the taints that the pod tolerates',
    example: 'node-role.kubernetes.io/control-plane',
    bind: () => (event) =>
      readEach(listOf(inside(podSpec(event))?.tolerations), (toleration) => text(inside(toleration)?.key)),
  }),
  auditField({
    name: 'ka.req.pod.owner_kind',
    description: 'Kind of the controller that the pod belongs to; of a pod that stands alone: none',
    example: 'ReplicaSet',
    bind: () => (event) => {
      if (podSpec(event) === undefined) return undefined;
      return text(inside(controllerOf(event.request.requestObject))?.kind);
    },
  }),
];

function nodeSelectors(spec: unknown): readonly string[] {
  const labels = inside(inside(spec)?.nodeSelector);
  const affinity = inside(spec)?.affinity;
  if (labels === undefined && affinity === undefined) return [];
  const terms = listOf(
    at(affinity, 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'),
  );
  const expressions = terms.flatMap((term) => listOf(at(term, 'matchExpressions')));
  return [
    ...Object.keys(labels ?? {}),
    ...present(expressions.map((expression) => text(at(expression, 'key')))),
  ];
}

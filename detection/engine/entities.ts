// What an alert is about: cluster, node, pod, user and the like, read from the event.
import type { ApiRequested, Entities, Event, NodeEvent } from '@yagura/contracts';
import { at, listOf, text } from '../fields/outside-value.ts';
import { imagesOf } from '../fields/pod-spec.ts';
import { workloadName, workloadOfPod } from '../fields/workload-name.ts';

type Wanted = { readonly [Key in keyof Entities]: Entities[Key] | undefined };

function defined(wanted: Wanted): Entities {
  const known: Record<string, string> = {};
  for (const key in wanted) {
    const value = wanted[key as keyof Wanted];
    if (value !== undefined) known[key] = value;
  }
  return known;
}

const shortIdLength = 12;

function ofProcess(event: NodeEvent): Entities {
  const { container, pod, process } = event;
  return defined({
    cluster: event.cluster,
    node: event.node,
    namespace: pod?.namespace,
    pod: pod?.name,
    workload: pod === undefined ? undefined : workloadOfPod(pod.name),
    container: container?.name ?? container?.id.slice(0, shortIdLength),
    image: container?.image,
    process: process.executable.path,
    user: process.uid === 0 ? 'root' : String(process.uid),
  });
}

const workloads: ReadonlySet<unknown> = new Set([
  ...['deployments', 'daemonsets', 'statefulsets', 'replicasets', 'replicationcontrollers'],
  ...['jobs', 'cronjobs'],
]);

const podOf = ({ request }: ApiRequested): string | undefined => text(at(request, 'objectRef', 'name'));

function workloadOf(event: ApiRequested, resource: string | undefined): string | undefined {
  const name = workloadName(event);
  if (name === undefined) return undefined;
  if (resource === 'pods') return name === podOf(event) ? workloadOfPod(name) : name;
  return workloads.has(resource) ? name : undefined;
}

interface Place {
  readonly namespace: string | undefined;
  readonly pod: string | undefined;
  readonly workload: string | undefined;
}

/** Since Kubernetes 1.26 a service account's token names the pod that it was made for. */
function callerOf({ request }: ApiRequested): (Place & { readonly pod: string }) | undefined {
  const pod = text(listOf(at(request, 'user', 'extra', 'authentication.kubernetes.io/pod-name'))[0]);
  const account = /^system:serviceaccount:([^:]+):/.exec(text(at(request, 'user', 'username')) ?? '');
  if (pod === undefined || account === null) return undefined;
  return { namespace: account[1], pod, workload: workloadOfPod(pod) };
}

/** What is about no pod and no workload happens where it was asked for, unless it is about another namespace. */
function placeOf(target: Place, caller: Place | undefined): Place {
  const hasPlace = target.pod !== undefined || target.workload !== undefined;
  if (hasPlace || caller === undefined) return target;
  return target.namespace === undefined || target.namespace === caller.namespace ? caller : target;
}

function ofRequest(event: ApiRequested): Entities {
  const { request } = event;
  const resource = text(at(request, 'objectRef', 'resource'));
  const subresource = text(at(request, 'objectRef', 'subresource'));
  const name =
    text(at(request, 'objectRef', 'name')) ??
    text(at(request, 'responseObject', 'metadata', 'name')) ??
    workloadName(event);
  const caller = callerOf(event);
  const target: Place = {
    namespace: text(at(request, 'objectRef', 'namespace')),
    pod: resource === 'pods' ? name : undefined,
    workload: workloadOf(event, resource),
  };
  const kind = subresource === undefined ? resource : `${resource}/${subresource}`;
  return defined({
    cluster: event.cluster,
    ...placeOf(target, caller),
    image: imagesOf(event)[0],
    user: text(at(request, 'user', 'username')),
    sourceAddress: text(listOf(at(request, 'sourceIPs'))[0]),
    callerPod: caller === undefined ? undefined : `${caller.namespace}/${caller.pod}`,
    resource: resource === undefined ? undefined : name === undefined ? kind : `${kind}/${name}`,
  });
}

export const entitiesOf = (event: Event): Entities =>
  event.kind === 'api.requested' ? ofRequest(event) : ofProcess(event);

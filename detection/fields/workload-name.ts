// The name that stays the same while pods come and go: of a deployment, cron job or other owner.
import type { ApiRequested } from '@yagura/contracts';
import { inside, listOf, text } from './outside-value.ts';

/** Letters and digits that Kubernetes draws random names from, and hexadecimal ones of old versions. */
const podTemplateHash = /-(?:[bcdfghjklmnpqrstvwxz2456789]{5,10}|[0-9a-f]{8,10})$/;
const cronJobRun = /-\d{8,10}$/;

/** Of an object's owners the one that steers it. */
export function controllerOf(object: unknown): unknown {
  const owners = listOf(inside(inside(object)?.metadata)?.ownerReferences);
  return owners.find((owner) => inside(owner)?.controller === true) ?? owners[0];
}

export function workloadName(event: ApiRequested): string | undefined {
  const { requestObject, responseObject } = event.request;
  const owner = controllerOf(requestObject) ?? controllerOf(responseObject);
  const ownerName = text(inside(owner)?.name);
  if (ownerName !== undefined) {
    const kind = inside(owner)?.kind;
    if (kind === 'ReplicaSet') return ownerName.replace(podTemplateHash, '');
    return kind === 'Job' ? ownerName.replace(cronJobRun, '') : ownerName;
  }
  const metadata = inside(inside(requestObject)?.metadata);
  const generated = text(metadata?.generateName);
  if (generated !== undefined) return generated.replace(/-$/, '');
  return text(inside(event.request.objectRef)?.name) ?? text(metadata?.name);
}

const podSuffix = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const replicaNumber = /-\d{1,4}$/;

/**
 * The names that a pod's name holds: `web-7d9c5b6f4-x2lq7` is of the replica set `web-7d9c5b6f4` and of `web`, `db-0` of
 * `db`. The last is what it belongs to; a pod of nobody is its own workload.
 */
export function namesOfPod(pod: string): readonly string[] {
  const owner = pod.replace(podSuffix, '');
  if (owner === pod) return [pod, pod.replace(replicaNumber, '')];
  return [pod, owner, owner.replace(podTemplateHash, '').replace(cronJobRun, '')];
}

export const workloadOfPod = (pod: string): string => namesOfPod(pod).at(-1) ?? pod;

// The names under which a person may mean the workload of an alert.
import type { Entities } from '@yagura/contracts';

/** Kubernetes draws the ends of pod names, and the hash of a deployment's template, from these characters. */
const podEnd = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const templateHash = /-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/;
const ordinal = /-\d{1,5}$/;

/** Of `web-7d9c5b6f4-x2lq7`: itself, `web-7d9c5b6f4` and `web`; of `db-0`: itself and `db`; and the audited object. */
export function workloadNames({ pod, resource }: Entities): readonly string[] {
  const object = resource?.slice(resource.lastIndexOf('/') + 1);
  const names = new Set([pod, object].filter((name) => name !== undefined && name !== ''));
  for (const name of [pod, resource?.startsWith('pods/') ? object : undefined]) {
    if (name === undefined) continue;
    const owner = name.replace(podEnd, '');
    names.add(owner === name ? name.replace(ordinal, '') : owner);
    if (owner !== name) names.add(owner.replace(templateHash, ''));
  }
  return [...names] as readonly string[];
}

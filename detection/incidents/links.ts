// What of an alert may link it to others, how strongly, and when it is too common to.
import { createHash } from 'node:crypto';
import { type AlertSource, type Entities, type LinkKind, linkKinds } from '@yagura/contracts';
import { isPrivateAddress } from './private-address.ts';
import { isPublicImage } from './public-image.ts';

export interface Link {
  /** Equal for the same thing in the same cluster. */
  readonly key: string;
  readonly kind: LinkKind;
  readonly value: string;
  /** `undefined`: the same thing in every cluster. */
  readonly cluster: string | undefined;
  /** Alerts are linked when what they share adds up to `enough`. */
  readonly weight: number;
  /** What this thing was seen with here; seen with more than `maxOthers(kind)` different ones, it links no more. */
  readonly other: string;
}

export const enough = 1;
/** Of an address from inside: it may be a gateway, a proxy or a node that many share, so it needs something beside it. */
const half = 0.5;

/** `undefined`: however many. A pod is always one thing; that it does much is what an incident tells. */
export function maxOthers(kind: LinkKind): { readonly count: number; readonly of: string } | undefined {
  switch (kind) {
    case 'identity':
      return { count: 20, of: 'targets' };
    case 'address':
      return { count: 3, of: 'identities' };
    case 'image':
      return { count: 3, of: 'workloads' };
    default:
      return undefined;
  }
}

type Found = Pick<Link, 'kind' | 'value' | 'weight'> & Partial<Pick<Link, 'other'>> & { isGlobal?: boolean };

/** What both a node and the API server call a pod, a workload and an image. */
function shared({ namespace, pod, workload, image, callerPod }: Entities): readonly Found[] {
  const place = (name: string): string => `${namespace ?? ''}/${name}`;
  const other = workload === undefined ? (pod ?? '') : place(workload);
  return [
    ...(pod === undefined ? [] : [{ kind: 'pod' as const, value: place(pod), weight: 1 }]),
    ...(callerPod === undefined ? [] : [{ kind: 'pod' as const, value: callerPod, weight: 1 }]),
    ...(workload === undefined ? [] : [{ kind: 'workload' as const, value: place(workload), weight: 1 }]),
    ...(image === undefined || isPublicImage(image)
      ? []
      : [{ kind: 'image' as const, value: image, weight: 1, other }]),
  ];
}

/** A node is no link, it runs everybody's pods; but for what runs on it outside of containers it is the very place. */
function ofNode({ node, pod, container }: Entities): readonly Found[] {
  if (pod !== undefined) return [];
  if (container !== undefined) return [{ kind: 'container', value: `${node ?? ''}/${container}`, weight: 1 }];
  return node === undefined ? [] : [{ kind: 'host', value: node, weight: 1 }];
}

/**
 * The control plane's own identities act for everybody, and so does nobody in particular (`system:anonymous`). Of the
 * others that begin so, service accounts are as good as people, but for those of kube-system: they are controllers.
 */
const isNobody = (user: string): boolean =>
  user.startsWith('system:') && !/^system:serviceaccount:(?!kube-system:)/.test(user);

function ofCaller({ user, sourceAddress, namespace, resource }: Entities): readonly Found[] {
  const target = `${namespace ?? ''}/${resource ?? ''}`;
  const isInside = sourceAddress !== undefined && isPrivateAddress(sourceAddress);
  return [
    ...(user === undefined || isNobody(user)
      ? []
      : [{ kind: 'identity' as const, value: user, weight: 1, other: target }]),
    ...(sourceAddress === undefined
      ? []
      : [
          {
            kind: 'address' as const,
            value: sourceAddress,
            weight: isInside ? half : 1,
            other: user ?? '',
            isGlobal: !isInside,
          },
        ]),
  ];
}

const maxKeyLength = 200;

function keyOf(kind: LinkKind, cluster: string | undefined, value: string): string {
  const key = JSON.stringify([kind, cluster ?? null, value]);
  return key.length <= maxKeyLength ? key : `${kind} ${createHash('sha256').update(key).digest('hex')}`;
}

/** Each once, the most telling first. A namespace, a process and the user of a process are no links: they say too little. */
export function linksOf(source: AlertSource, entities: Entities): readonly Link[] {
  const found = [...shared(entities), ...(source === 'k8s_audit' ? ofCaller(entities) : ofNode(entities))];
  const links = found.map(({ kind, value, weight, other = '', isGlobal = false }): Link => {
    const cluster = isGlobal ? undefined : entities.cluster;
    return { key: keyOf(kind, cluster, value), kind, value, cluster, weight, other };
  });
  const unique = [...new Map(links.map((link) => [link.key, link])).values()];
  return unique.sort((a, b) => linkKinds.indexOf(a.kind) - linkKinds.indexOf(b.kind));
}

// Where an image comes from: registry, full path, and who answers for it.
import { parseImage } from './image-reference.ts';

export interface ImageOrigin {
  readonly registry: string;
  /** `docker.io/library/nginx` for `nginx:1.27`. */
  readonly path: string;
  readonly publisher: string;
}

/** Registries on which anybody may have an account; of others the operator is the publisher. */
const shared: ReadonlySet<string> = new Set([
  'docker.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
  'pkg.dev',
  'public.ecr.aws',
  'registry.gitlab.com',
  'registry.hub.docker.com',
]);

/** The region says nothing about who publishes: `eu.gcr.io`, `europe-docker.pkg.dev`, `….dkr.ecr.eu-west-1.amazonaws.com`. */
function withoutRegion(registry: string): string {
  if (/^[a-z]+\.gcr\.io$/.test(registry) && registry !== 'gke.gcr.io') return 'gcr.io';
  if (registry.endsWith('.pkg.dev')) return 'pkg.dev';
  const account =
    /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws)$/.exec(
      registry,
    )?.[1];
  return account === undefined ? registry : `${account}.dkr.ecr.amazonaws.com`;
}

const isHost = (part: string): boolean => /[.:]/.test(part) || part === 'localhost';

/** Of the same few images pods are made by the hundred. */
const known = new Map<string, ImageOrigin>();
const maxKnown = 2_000;
const maxKnownChars = 256;

export function imageOrigin(image: string): ImageOrigin {
  const before = known.get(image);
  if (before !== undefined) return before;
  const origin = findOrigin(image);
  if (known.size >= maxKnown) known.clear();
  if (image.length <= maxKnownChars) known.set(image, origin);
  return origin;
}

function findOrigin(image: string): ImageOrigin {
  const { repository } = parseImage(image);
  const slash = repository.indexOf('/');
  const first = slash < 0 ? '' : repository.slice(0, slash);
  const hasHost = isHost(first);
  const named = hasHost ? first.toLowerCase() : 'docker.io';
  const registry = named === 'index.docker.io' ? 'docker.io' : named;
  const rest = hasHost ? repository.slice(slash + 1) : repository;
  const inside = registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  const operator = withoutRegion(registry);
  const [account = ''] = inside.split('/', 1);
  return {
    registry,
    path: `${registry}/${inside}`,
    publisher: shared.has(operator) ? `${operator}/${account}` : operator,
  };
}

// Tells images that anybody may pull, which say nothing about who runs them, from those of a registry of one's own.

const publicRegistries: ReadonlySet<string> = new Set([
  ...['docker.io', 'index.docker.io', 'registry-1.docker.io', 'quay.io', 'ghcr.io', 'registry.k8s.io'],
  ...['k8s.gcr.io', 'gcr.io', 'mcr.microsoft.com', 'public.ecr.aws', 'registry.access.redhat.com'],
  ...['registry.gitlab.com', 'nvcr.io', 'cgr.dev', 'docker.elastic.co'],
]);
/** The clouds' own add-ons: one account for all customers. */
const addOns = /^(\d{12}\.dkr\.ecr\.[^/]+\/(eks|amazon-k8s-cni)|[^/]*\.?gke\.gcr\.io|gke\.gcr\.io)\b/;

/** A name without a registry is of docker.io, as the container runtimes take it. */
export function isPublicImage(reference: string): boolean {
  const slash = reference.indexOf('/');
  const host = slash === -1 ? '' : reference.slice(0, slash);
  const hasRegistry = host.includes('.') || host.includes(':') || host === 'localhost';
  return !hasRegistry || publicRegistries.has(host.toLowerCase()) || addOns.test(reference);
}

// What a rule of a role lets its holder do that leads to more than it says.
import { at, listOf } from './outside-value.ts';

/** Strongest first. */
export const rolePowers = [
  'all',
  'any-resource',
  'any-verb',
  'escalate',
  'bind',
  'impersonate',
  'token',
  'nodes-proxy',
  'csr',
  'webhooks',
  'exec',
  'secrets',
  'writes',
] as const;
export type RolePower = (typeof rolePowers)[number];

type Matcher = (...names: readonly string[]) => boolean;

interface Grant {
  readonly group: Matcher;
  readonly resource: Matcher;
  readonly verb: Matcher;
  readonly resources: readonly unknown[];
  /** Of URLs that are no resources. */
  readonly urls: readonly unknown[];
}

const matcher =
  (values: readonly unknown[]): Matcher =>
  (...names) =>
    values.includes('*') || names.some((name) => values.includes(name));

/** A rule may name a subresource of all resources at once: `*` stands in front of the slash. */
const resourceMatcher = (values: readonly unknown[]): Matcher => {
  const matches = matcher(values);
  return (...names) => matches(...names, ...names.flatMap(ofAnyResource));
};

const ofAnyResource = (name: string): readonly string[] => {
  const slash = name.indexOf('/');
  return slash < 0 ? [] : [`*${name.slice(slash)}`];
};

const rbac = 'rbac.authorization.k8s.io';
const writing = ['create', 'update', 'patch'];
const deleting = ['delete', 'deletecollection'];
const builtInGroups = ['', 'apps', 'batch', 'networking.k8s.io', 'policy', rbac, 'apiextensions.k8s.io'];
/** What every controller writes: its lease, and what it has to tell. */
const harmlessToWrite: ReadonlySet<unknown> = new Set(['events', 'leases', 'endpoints', 'configmaps']);
const reading = ['get', 'list', 'watch'];

const tests: Readonly<Record<RolePower, (grant: Grant) => boolean>> = {
  all: ({ group, resource, verb }) => group() && resource() && verb(),
  'any-resource': ({ group, resource }) => group('') && resource(),
  'any-verb': ({ group, verb }) => group('') && verb(),
  escalate: ({ group, resource, verb }) =>
    group(rbac) && resource('roles', 'clusterroles') && verb('escalate'),
  bind: ({ group, resource, verb }) => group(rbac) && resource('roles', 'clusterroles') && verb('bind'),
  impersonate: ({ group, resource, verb }) =>
    group('') && resource('users', 'groups', 'serviceaccounts') && verb('impersonate'),
  token: ({ group, resource, verb }) => group('') && resource('serviceaccounts/token') && verb('create'),
  'nodes-proxy': ({ group, resource, verb }) => group('') && resource('nodes/proxy') && verb('get', 'create'),
  csr: ({ group, resource, verb }) =>
    group('certificates.k8s.io') &&
    resource('certificatesigningrequests/approval') &&
    verb('update', 'patch'),
  webhooks: ({ group, resource, verb }) =>
    group('admissionregistration.k8s.io') &&
    resource(
      'mutatingwebhookconfigurations',
      'validatingwebhookconfigurations',
      'mutatingadmissionpolicies',
      'mutatingadmissionpolicybindings',
    ) &&
    verb(...writing),
  exec: ({ group, resource, verb }) =>
    group('') && resource('pods/exec', 'pods/attach') && verb('create', 'get'),
  secrets: ({ group, resource, verb }) => group('') && resource('secrets') && verb(...reading),
  writes: ({ group, resources, urls, verb }) =>
    verb(...writing, ...deleting) &&
    (urls.length > 0 ||
      (group(...builtInGroups) && resources.some((resource) => !harmlessToWrite.has(resource)))),
};

function grantOf(rule: unknown): Grant {
  const values = (key: string): readonly unknown[] => listOf(at(rule, key));
  return {
    group: matcher(values('apiGroups')),
    resource: resourceMatcher(values('resources')),
    verb: matcher(values('verbs')),
    resources: values('resources'),
    urls: values('nonResourceURLs'),
  };
}

/** Roles, users and groups of which one is enough. */
const strongName =
  /^(?:cluster-admin|admin|kubeadm:cluster-admins|kubernetes-(?:super-)?admin|masterclient|system:(?:masters|admin|apiserver|nodes?(?::.*)?|kube-(?:controller-manager|scheduler)|controller:.*|serviceaccount:kube-system:.*))$/;
const proxies: readonly unknown[] = ['nodes/proxy', '*/proxy'];
const strongVerbs = ['escalate', 'bind', 'impersonate'];

/**
 * A rule for named objects gives no power over the others, and what it gives is left out; but whoever may speak to one
 * kubelet, or write one role beyond his own rights, needs no second.
 */
function unnamed(rule: unknown): readonly unknown[] {
  const names = listOf(at(rule, 'resourceNames'));
  // An empty name is that of a request without a name, such as a list of all.
  if (names.length === 0 || names.includes('')) return [rule];
  const [verbs, resources] = [listOf(at(rule, 'verbs')), listOf(at(rule, 'resources'))];
  const hasStrongName = names.some((name) => typeof name === 'string' && strongName.test(name));
  const strong = strongVerbs.filter(
    (verb) => (verb === 'escalate' || hasStrongName) && (verbs.includes(verb) || verbs.includes('*')),
  );
  const apiGroups = at(rule, 'apiGroups');
  return [
    { apiGroups, resources: resources.filter((resource) => proxies.includes(resource)), verbs },
    { apiGroups, resources, verbs: strong },
  ];
}

export function powersOf(rules: readonly unknown[]): readonly RolePower[] {
  const grants = rules.flatMap(unnamed).map(grantOf);
  return rolePowers.filter((power) => grants.some((grant) => tests[power](grant)));
}

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
    resource('mutatingwebhookconfigurations', 'validatingwebhookconfigurations') &&
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
    resource: matcher(values('resources')),
    verb: matcher(values('verbs')),
    resources: values('resources'),
    urls: values('nonResourceURLs'),
  };
}

/** A rule for named objects only gives no power over the others, and is left out. */
export function powersOf(rules: readonly unknown[]): readonly RolePower[] {
  const grants = rules.filter((rule) => listOf(at(rule, 'resourceNames')).length === 0).map(grantOf);
  return rolePowers.filter((power) => grants.some((grant) => tests[power](grant)));
}

// What a rule of a role lets its holder do that leads to more than it says.
import { at, listOf } from './outside-value.ts';

/** Strongest first. */
export const rolePowers = [
  'all',
  'escalate',
  'bind',
  'impersonate',
  'token',
  'nodes-proxy',
  'csr',
  'webhooks',
  'exec',
  'secrets',
  'workloads',
  'write-all',
  'read-all',
] as const;
export type RolePower = (typeof rolePowers)[number];

interface Grant {
  readonly group: (...names: readonly string[]) => boolean;
  readonly resource: (...names: readonly string[]) => boolean;
  readonly verb: (...names: readonly string[]) => boolean;
}

const matcher =
  (values: readonly unknown[]) =>
  (...names: readonly string[]): boolean =>
    values.includes('*') || names.some((name) => values.includes(name));

const rbac = 'rbac.authorization.k8s.io';
const writing = ['create', 'update', 'patch'];
const reading = ['get', 'list', 'watch'];

const tests: Readonly<Record<RolePower, (grant: Grant) => boolean>> = {
  all: ({ group, resource, verb }) => group() && resource() && verb(),
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
  workloads: ({ group, resource, verb }) =>
    verb('create') &&
    ((group('') && resource('pods')) ||
      (group('apps') && resource('deployments', 'daemonsets', 'statefulsets')) ||
      (group('batch') && resource('jobs', 'cronjobs'))),
  'write-all': ({ group, resource, verb }) => group('') && resource() && verb(...writing),
  'read-all': ({ group, resource, verb }) => group('') && resource() && verb(...reading),
};

function grantOf(rule: unknown): Grant {
  const values = (key: string): readonly unknown[] => listOf(at(rule, key));
  return {
    group: matcher(values('apiGroups')),
    resource: matcher(values('resources')),
    verb: matcher(values('verbs')),
  };
}

/** A rule for named objects only gives no power over the others, and is left out. */
export function powersOf(rules: readonly unknown[]): readonly RolePower[] {
  const grants = rules.filter((rule) => listOf(at(rule, 'resourceNames')).length === 0).map(grantOf);
  return rolePowers.filter((power) => grants.some((grant) => tests[power](grant)));
}

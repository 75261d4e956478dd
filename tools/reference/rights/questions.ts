// What is asked about every account: what parts need, and what whoever took one over would like to have.

export interface Question {
  readonly verb: string;
  /** '' for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Of the one object; else any. */
  readonly name?: string;
  /** In the namespace that the part is in, in that of extensions, or in all. What belongs to no namespace is asked in all. */
  readonly where: 'own' | 'extensions' | 'all';
}

/** `list pods`, `get secrets/NAME`, `create pods exec`, with the group behind: `list deployments.apps`. */
function read(text: string, where: Question['where']): Question {
  const [verb = '', what = '', subresource] = text.split(' ');
  const [full = '', name] = what.split('/');
  const dot = full.indexOf('.');
  const [resource, group] = dot < 0 ? [full, ''] : [full.slice(0, dot), full.slice(dot + 1)];
  return {
    ...{ verb, group, resource, where },
    ...(subresource === undefined ? {} : { subresource }),
    ...(name === undefined ? {} : { name }),
  };
}

const rbac = 'rbac.authorization.k8s.io';
const everywhere = [
  ...[
    'list pods',
    'watch pods',
    'list events',
    'list nodes',
    'list deployments.apps',
    `list clusterroles.${rbac}`,
  ],
  ...['get pods', 'list replicasets.apps', 'list secrets', 'list configmaps'],
  ...['impersonate users/yagura-reader', 'impersonate users/kubernetes-admin', 'impersonate users'],
  ...['impersonate groups/system:masters', 'impersonate serviceaccounts', 'get nodes proxy', 'patch nodes'],
  ...[`create clusterrolebindings.${rbac}`, `bind clusterroles.${rbac}`, `escalate clusterroles.${rbac}`],
  ...['create validatingwebhookconfigurations.admissionregistration.k8s.io', '* *.*'],
];
const inItsNamespace = [
  ...['get secrets/yagura-connect-identity', 'patch secrets/yagura-connect-identity'],
  ...['update secrets/yagura-connect-identity', 'get secrets/yagura-connect-registration', 'get secrets'],
  ...['create pods', 'create pods exec', 'get pods log', 'delete pods', 'patch daemonsets.apps'],
  ...['create serviceaccounts token', `create rolebindings.${rbac}`, 'create events'],
];

const inThatOfExtensions = [
  ...['list secrets', 'create secrets', 'create daemonsets.apps', 'create networkpolicies.networking.k8s.io'],
  ...[`create roles.${rbac}`, `create rolebindings.${rbac}`, 'create pods', 'create pods exec'],
];

export const questions: readonly Question[] = [
  ...everywhere.map((text) => read(text, 'all')),
  ...inItsNamespace.map((text) => read(text, 'own')),
  ...inThatOfExtensions.map((text) => read(text, 'extensions')),
];

export const textOf = ({ verb, group, resource, subresource, name, where }: Question): string =>
  [
    ...[
      verb,
      `${resource}${subresource === undefined ? '' : `/${subresource}`}${name === undefined ? '' : `/${name}`}`,
    ],
    ...(group === '' || group === '*' ? [] : [`(${group})`]),
    ...(where === 'all' ? [] : [where === 'own' ? 'in its namespace' : 'in that of extensions']),
  ].join(' ');

// Roles and their bindings: who may do what.
import type { ObjectFacts, RoleRule, RoleSubject } from '@yagura/contracts';
import { at, defined, labels, list, type Outside, some, text, texts } from './outside-value.ts';
import type { Resource } from './resource.ts';

const maxEntries = 64;
const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;

const ruleOf = (rule: Outside): RoleRule =>
  defined<RoleRule>({
    verbs: texts(at(rule, 'verbs'), 32, 64),
    // '' is the core group, and says something.
    apiGroups: some(
      list(at(rule, 'apiGroups'))
        .slice(0, 32)
        .map((group) => String(group).slice(0, 253)),
    ),
    resources: some(texts(at(rule, 'resources'), 64)),
    resourceNames: some(texts(at(rule, 'resourceNames'), 32)),
    nonResourceURLs: some(texts(at(rule, 'nonResourceURLs'), 32, 256)),
  });

const subjectOf = (subject: Outside): RoleSubject =>
  defined<RoleSubject>({
    kind: text(at(subject, 'kind'), 64) ?? '',
    name: text(at(subject, 'name')) ?? '',
    namespace: text(at(subject, 'namespace')),
  });

const role = (name: string): Resource => ({
  name,
  ...rbac,
  facts: (object) => {
    const rules = list(at(object, 'rules'));
    return defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      rules: some(rules.slice(0, maxEntries).map(ruleOf)),
      cut: rules.length > maxEntries ? true : undefined,
    });
  },
});

const binding = (name: string): Resource => ({
  name,
  ...rbac,
  facts: (object) => {
    const subjects = list(at(object, 'subjects'));
    const ref = at(object, 'roleRef');
    return defined<ObjectFacts>({
      labels: labels(at(object, 'metadata', 'labels')),
      role: { kind: text(at(ref, 'kind'), 64) ?? '', name: text(at(ref, 'name')) ?? '' },
      subjects: some(subjects.slice(0, maxEntries).map(subjectOf)),
      cut: subjects.length > maxEntries ? true : undefined,
    });
  },
});

export const roles: Resource = role('roles');
export const clusterRoles: Resource = role('clusterroles');
export const roleBindings: Resource = binding('rolebindings');
export const clusterRoleBindings: Resource = binding('clusterrolebindings');

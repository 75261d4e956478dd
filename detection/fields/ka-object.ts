// Fields of other objects that a request brings: bindings, roles, config maps, services.
import type { ApiRequested } from '@yagura/contracts';
import { auditField, emptyField, type Field, type FieldValue } from './field.ts';
import { at, listOf, pick, pointerKeys, present, rendered, renderedAll, text } from './outside-value.ts';
import { hostPathOf } from './pod-spec.ts';
import { writtenValue } from './written-value.ts';

const index = { kind: 'index', isRequired: false } as const;

const ofSubjects =
  (key: string) =>
  () =>
  (event: ApiRequested): FieldValue =>
    present(listOf(writtenValue(event, 'subjects')).map((subject) => text(at(subject, key))));

/** Names of the subjects of one kind. */
const subjectsOf =
  (kind: string, nameOf: (subject: unknown) => string | undefined) =>
  () =>
  (event: ApiRequested): FieldValue =>
    present(
      listOf(writtenValue(event, 'subjects'))
        .filter((subject) => at(subject, 'kind') === kind)
        .map(nameOf),
    );

const plainName = (subject: unknown): string | undefined => text(at(subject, 'name'));
const fullName = (subject: unknown): string | undefined => {
  const [namespace, name] = [text(at(subject, 'namespace')), plainName(subject)];
  return namespace === undefined || name === undefined ? undefined : `${namespace}:${name}`;
};

const ofRules =
  (key: string) =>
  (position?: string) =>
  (event: ApiRequested): FieldValue =>
    present(
      pick(listOf(writtenValue(event, 'rules')), position).flatMap((rule) => listOf(at(rule, key)).map(text)),
    );

const bindings: readonly Field[] = [
  auditField({
    name: 'ka.req.binding.role',
    description: 'Role that a binding gives',
    example: 'cluster-admin',
    bind: () => (event) => text(writtenValue(event, 'roleRef', 'name')),
  }),
  auditField({
    name: 'ka.req.binding.subjects',
    isList: true,
    description: 'Subjects of a binding, each as JSON',
    example: '{"kind":"User","name":"alice"}',
    bind: () => (event) => present(listOf(writtenValue(event, 'subjects')).map(rendered)),
  }),
  auditField({
    name: 'ka.req.binding.subjects.name',
    isList: true,
    description: 'Names of the subjects of a binding',
    example: 'system:anonymous',
    bind: ofSubjects('name'),
  }),
  auditField({
    name: 'ka.req.binding.subjects.kind',
    isList: true,
    description: 'Kinds of the subjects of a binding',
    example: 'ServiceAccount',
    bind: ofSubjects('kind'),
  }),
  auditField({
    name: 'ka.req.binding.subjects.user_names',
    isList: true,
    description: 'Users among the subjects of a binding',
    example: 'alice',
    bind: subjectsOf('User', plainName),
  }),
  auditField({
    name: 'ka.req.binding.subjects.group_names',
    isList: true,
    description: 'Groups among the subjects of a binding',
    example: 'system:unauthenticated',
    bind: subjectsOf('Group', plainName),
  }),
  auditField({
    name: 'ka.req.binding.subjects.serviceaccount_names',
    isList: true,
    description: 'Service accounts among the subjects of a binding',
    example: 'deployer',
    bind: subjectsOf('ServiceAccount', plainName),
  }),
  auditField({
    name: 'ka.req.binding.subjects.serviceaccount_ns_names',
    isList: true,
    description: 'These with their namespaces',
    example: 'shop:deployer',
    bind: subjectsOf('ServiceAccount', fullName),
  }),
  emptyField('k8s_audit', {
    name: 'ka.req.binding.subject.has_name',
    argument: { kind: 'key', isRequired: true },
    description: 'Empty in Falco too: use ka.req.binding.subjects.name',
    example: 'ka.req.binding.subject.has_name[alice] = true',
  }),
  auditField({
    name: 'ka.resp.binding.role',
    description: 'Role of the binding in the answer: a patch does not repeat it',
    example: 'cluster-admin',
    bind: () => (event) => text(at(event.request, 'responseObject', 'roleRef', 'name')),
  }),
];

const roles: readonly Field[] = [
  auditField({
    name: 'ka.req.role.rules',
    isList: true,
    description: 'Rules of a role, each as JSON',
    example: '{"verbs":["get"]}',
    bind: () => (event) => present(listOf(writtenValue(event, 'rules')).map(rendered)),
  }),
  auditField({
    name: 'ka.req.role.rules.apiGroups',
    isList: true,
    argument: index,
    description: 'API groups in the rules of a role',
    example: 'apps',
    bind: ofRules('apiGroups'),
  }),
  auditField({
    name: 'ka.req.role.rules.resources',
    isList: true,
    argument: index,
    description: 'Resources in the rules of a role',
    example: 'pods/exec',
    bind: ofRules('resources'),
  }),
  auditField({
    name: 'ka.req.role.rules.verbs',
    isList: true,
    argument: index,
    description: 'Verbs in the rules of a role',
    example: '*',
    bind: ofRules('verbs'),
  }),
  auditField({
    name: 'ka.req.role.rules.nonResourceURLs',
    isList: true,
    argument: index,
    description: 'URLs in the rules of a role',
    example: '/metrics',
    bind: ofRules('nonResourceURLs'),
  }),
];

const others: readonly Field[] = [
  auditField({
    name: 'ka.req.value',
    type: 'any',
    argument: { kind: 'pointer', isRequired: true },
    description:
      'What a JSON pointer finds in the object that a request writes, whatever kind of patch it is; a list of its values',
    example: 'ka.req.value[/spec/replicas] = 0',
    bind: (pointer = '') => {
      const keys = pointerKeys(pointer);
      return (event) => renderedAll(writtenValue(event, ...keys));
    },
  }),
  auditField({
    name: 'ka.req.volume.node_path',
    description: 'Path of the node that a persistent volume stands for, normalised',
    example: '/etc',
    bind: () => (event) =>
      at(event.request, 'objectRef', 'resource') === 'persistentvolumes'
        ? (hostPathOf(writtenValue(event, 'spec')) ??
          hostPathOf({ hostPath: writtenValue(event, 'spec', 'local') }))
        : undefined,
  }),
  auditField({
    name: 'ka.req.configmap.name',
    description: 'Name of a config map',
    example: 'coredns',
    bind: () => (event) =>
      at(event.request, 'objectRef', 'resource') === 'configmaps'
        ? text(at(event.request, 'objectRef', 'name'))
        : undefined,
  }),
  auditField({
    name: 'ka.req.configmap.obj',
    description: 'Data of a config map as JSON',
    example: '{"password":"…"}',
    bind: () => (event) => rendered(writtenValue(event, 'data')),
  }),
  auditField({
    name: 'ka.req.service.ports',
    isList: true,
    argument: index,
    description: 'Ports of a service, each as JSON',
    example: '{"port":80}',
    bind: (position) => (event) =>
      present(pick(listOf(writtenValue(event, 'spec', 'ports')), position).map(rendered)),
  }),
];

export const kaObjectFields: readonly Field[] = [...bindings, ...roles, ...others];

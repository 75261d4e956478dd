// Fields of a request to an API server: who, from where, what, and how it was answered.
import type { ApiRequested } from '@yagura/contracts';
import { execWords } from './exec-command.ts';
import { auditField, type Field, type FieldValue } from './field.ts';
import { at, atPath, listOf, number, pick, present, text } from './outside-value.ts';
import { uriParameters } from './uri-parameter.ts';
import { workloadName } from './workload-name.ts';

type ReadRequest = (event: ApiRequested) => FieldValue;
const plain = (read: ReadRequest) => (): ReadRequest => read;
const keyed = (...keys: readonly string[]) => plain((event) => text(atPath(event.request, keys)));
const texts = (...keys: readonly string[]) =>
  plain((event) => present(listOf(atPath(event.request, keys)).map(text)));

const who: readonly Field[] = [
  auditField({
    name: 'ka.user.name',
    description: 'User who made the request',
    example: 'system:serviceaccount:shop:deployer',
    bind: keyed('user', 'username'),
  }),
  auditField({
    name: 'ka.user.groups',
    isList: true,
    description: 'Groups of the user',
    example: 'system:masters',
    bind: texts('user', 'groups'),
  }),
  auditField({
    name: 'ka.user.uid',
    description: 'UID of the user',
    example: '8d5e1349-d30f-11e8-96d9-080027728ac4',
    bind: keyed('user', 'uid'),
  }),
  auditField({
    name: 'ka.impuser.name',
    description: 'User that was impersonated',
    example: 'alice',
    bind: keyed('impersonatedUser', 'username'),
  }),
  auditField({
    name: 'ka.sourceips',
    isList: true,
    description: 'Addresses that the request came from, client first',
    example: '203.0.113.7',
    argument: { kind: 'index', isRequired: false },
    bind: (position) => (event) => present(pick(listOf(at(event.request, 'sourceIPs')), position).map(text)),
  }),
  auditField({
    name: 'ka.sourceips.country',
    isList: true,
    description:
      'Countries of these addresses, where the table of countries knows them (see the guide on lists)',
    example: 'JP',
    bind: () => (event, data) =>
      present(
        listOf(at(event.request, 'sourceIPs')).map((address) =>
          typeof address === 'string' ? data?.countries?.find(address) : undefined,
        ),
      ),
  }),
  auditField({
    name: 'ka.useragent',
    description: 'User agent of the client',
    example: 'kubectl/v1.34.0',
    bind: keyed('userAgent'),
  }),
];

const what: readonly Field[] = [
  auditField({ name: 'ka.verb', description: 'Verb of the request', example: 'create', bind: keyed('verb') }),
  auditField({
    name: 'ka.uri',
    description: 'URI of the request',
    example: '/api/v1/namespaces/shop/pods',
    bind: keyed('requestURI'),
  }),
  auditField({
    name: 'ka.uri.param',
    argument: { kind: 'key', isRequired: true },
    description: 'Value of a query parameter of the URI; the first, where it is given several times',
    example: 'ka.uri.param[dryRun] = All',
    bind:
      (key = '') =>
      (event) =>
        uriParameters(event, key)[0],
  }),
  auditField({
    name: 'ka.exec.command',
    description: 'Command that an exec runs in a container, with all its arguments, joined by spaces',
    example: 'sh -c id',
    bind: plain((event) => text(execWords(event).join(' '))),
  }),
  auditField({
    name: 'ka.target.resource',
    description: 'Resource that the request is about',
    example: 'pods',
    bind: keyed('objectRef', 'resource'),
  }),
  auditField({
    name: 'ka.target.subresource',
    description: 'Subresource',
    example: 'exec',
    bind: keyed('objectRef', 'subresource'),
  }),
  auditField({
    name: 'ka.target.name',
    description: 'Name of the object',
    example: 'web',
    bind: keyed('objectRef', 'name'),
  }),
  auditField({
    name: 'ka.target.namespace',
    description: 'Namespace of the object',
    example: 'shop',
    bind: keyed('objectRef', 'namespace'),
  }),
  auditField({
    name: 'ka.target.pod.name',
    description: 'Name of the pod that the request is about',
    example: 'web-7998647bdf-phvq7',
    bind: plain((event) =>
      at(event.request, 'objectRef', 'resource') === 'pods'
        ? (text(at(event.request, 'objectRef', 'name')) ??
          text(at(event.request, 'responseObject', 'metadata', 'name')))
        : undefined,
    ),
  }),
  auditField({
    name: 'ka.target.apigroup',
    description: 'API group of the resource',
    example: 'rbac.authorization.k8s.io',
    bind: keyed('objectRef', 'apiGroup'),
  }),
  auditField({
    name: 'ka.target.workload',
    description:
      'What the object belongs to: the deployment of a pod of a replica set, the cron job of a pod of its job, another owner, or else the object itself',
    example: 'nginx-deployment',
    bind: plain(workloadName),
  }),
];

const answer: readonly Field[] = [
  auditField({
    name: 'ka.auditid',
    description: 'Id of the request, the same at each stage',
    example: 'a362d22b-db3c-4590-9505-23782f12925f',
    bind: keyed('auditID'),
  }),
  auditField({
    name: 'ka.stage',
    description: 'Stage that the record is about',
    example: 'ResponseComplete',
    bind: keyed('stage'),
  }),
  auditField({
    name: 'ka.level',
    description: 'Level that the record was written at',
    example: 'RequestResponse',
    bind: keyed('level'),
  }),
  auditField({
    name: 'ka.auth.decision',
    description: 'What the authoriser decided',
    example: 'allow',
    bind: keyed('annotations', 'authorization.k8s.io/decision'),
  }),
  auditField({
    name: 'ka.auth.reason',
    description: 'Why it decided so',
    example: 'RBAC: allowed by ClusterRoleBinding …',
    bind: keyed('annotations', 'authorization.k8s.io/reason'),
  }),
  auditField({
    name: 'ka.auth.openshift.decision',
    description: "What OpenShift's authentication decided",
    example: 'allow',
    bind: keyed('annotations', 'authentication.openshift.io/decision'),
  }),
  auditField({
    name: 'ka.auth.openshift.username',
    description: 'User of that decision',
    example: 'alice',
    bind: keyed('annotations', 'authentication.openshift.io/username'),
  }),
  auditField({
    name: 'ka.validations.admission.policy.failure',
    description: 'Why a ValidatingAdmissionPolicy failed',
    example: '[{"message":"replicas must be at most 5"}]',
    bind: keyed('annotations', 'validation.policy.admission.k8s.io/validation_failure'),
  }),
  auditField({
    name: 'ka.response.code',
    type: 'number',
    description: 'HTTP status of the answer',
    example: '201',
    bind: plain((event) => number(at(event.request, 'responseStatus', 'code'))),
  }),
  auditField({
    name: 'ka.response.reason',
    description: 'Reason of a refusal',
    example: 'Forbidden',
    bind: keyed('responseStatus', 'reason'),
  }),
  auditField({
    name: 'ka.resp.name',
    description: 'Name of the object in the answer',
    example: 'web-7998647bdf-phvq7',
    bind: keyed('responseObject', 'metadata', 'name'),
  }),
  auditField({
    name: 'ka.cluster.name',
    description: 'Cluster that the record came from',
    example: 'prod-eu',
    bind: plain((event) => event.cluster),
  }),
  auditField({
    name: 'ka.provider',
    description: 'Where the record came from: kubernetes, aks, eks, gke',
    example: 'eks',
    bind: plain((event) => event.provider),
  }),
];

export const kaRequestFields: readonly Field[] = [...who, ...what, ...answer];

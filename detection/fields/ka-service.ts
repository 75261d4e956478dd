// Fields of services and ingresses that a request brings: who can reach what through them.
import type { ApiRequested, AuditProvider } from '@yagura/contracts';
import { parseNetwork } from '../data/address.ts';
import { auditField, type Field, type FieldValue } from './field.ts';
import { at, listOf, number, present, text } from './outside-value.ts';
import { writtenValue } from './written-value.ts';

const isAbout = (event: ApiRequested, resource: string): boolean =>
  at(event.request, 'objectRef', 'resource') === resource;

const ofService =
  (read: (event: ApiRequested) => FieldValue) =>
  () =>
  (event: ApiRequested): FieldValue =>
    isAbout(event, 'services') ? read(event) : undefined;

const valuesOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

/** How people and charts say what runs behind a service: its name, labels and selector. */
const appLabels: ReadonlySet<string> = new Set([
  'app',
  'k8s-app',
  'name',
  'component',
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'app.kubernetes.io/part-of',
]);

const labelled = (labels: unknown): readonly (string | undefined)[] =>
  typeof labels === 'object' && labels !== null
    ? Object.entries(labels).flatMap(([key, value]) => (appLabels.has(key) ? [text(value)] : []))
    : [];

/** What a patch does not repeat stands in the answer, where the log has it. */
const answered = (event: ApiRequested, ...keys: readonly string[]): unknown =>
  at(event.request, 'responseObject', ...keys);

const appsOf = (event: ApiRequested): readonly string[] => [
  ...new Set(
    present([
      text(at(event.request, 'objectRef', 'name')) ?? text(writtenValue(event, 'metadata', 'name')),
      ...labelled(writtenValue(event, 'metadata', 'labels')),
      ...labelled(writtenValue(event, 'spec', 'selector')),
      ...labelled(answered(event, 'metadata', 'labels')),
      ...labelled(answered(event, 'spec', 'selector')),
    ]),
  ),
];

interface InternalMark {
  readonly provider: AuditProvider;
  readonly annotation: string;
  readonly values: readonly string[];
}

const internalMark = (
  provider: AuditProvider,
  annotation: string,
  ...values: readonly string[]
): InternalMark => ({ provider, annotation, values });

/** A load balancer that only the own network reaches, in the words of AKS, EKS (old and new) and GKE (old and new). */
const internalMarks: readonly InternalMark[] = [
  internalMark('aks', 'service.beta.kubernetes.io/azure-load-balancer-internal', 'true'),
  internalMark('eks', 'service.beta.kubernetes.io/aws-load-balancer-internal', 'true', '0.0.0.0/0'),
  internalMark('eks', 'service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal'),
  internalMark('gke', 'networking.gke.io/load-balancer-type', 'Internal', 'internal'),
  internalMark('gke', 'cloud.google.com/load-balancer-type', 'Internal', 'internal'),
];

/** Another cloud's annotation does nothing; a log from a webhook does not tell which cloud it is. */
function isInternal(event: ApiRequested): boolean {
  return internalMarks.some(({ provider, annotation, values }) => {
    const written = writtenValue(event, 'metadata', 'annotations', annotation);
    const value = written === undefined ? answered(event, 'metadata', 'annotations', annotation) : written;
    const isMeant = event.provider === provider || event.provider === 'kubernetes';
    return isMeant && typeof value === 'string' && values.includes(value);
  });
}

/** Ports that clients name, and those of the pods behind. */
const portNumbers = (event: ApiRequested): readonly number[] => [
  ...new Set(
    present(
      [...listOf(writtenValue(event, 'spec', 'ports')), ...listOf(answered(event, 'spec', 'ports'))].flatMap(
        (port) => [number(at(port, 'port')), number(at(port, 'targetPort'))],
      ),
    ),
  ),
];

const sourceRanges = (event: ApiRequested): readonly string[] => {
  const own = listOf(writtenValue(event, 'spec', 'loadBalancerSourceRanges'));
  const ranges = own.length > 0 ? own : listOf(answered(event, 'spec', 'loadBalancerSourceRanges'));
  return present(ranges.map(text));
};

/** A patch that changes what is reached, and by whom, of a service that is reachable as before. */
const changesReach = (event: ApiRequested): boolean =>
  writtenValue(event, 'spec') !== undefined ||
  internalMarks.some(
    ({ annotation }) => writtenValue(event, 'metadata', 'annotations', annotation) !== undefined,
  );

const typeOf = (event: ApiRequested): string | undefined =>
  text(writtenValue(event, 'spec', 'type')) ??
  (changesReach(event) ? text(answered(event, 'spec', 'type')) : undefined);

const services: readonly Field[] = [
  auditField({
    name: 'ka.req.service.type',
    description: 'Type of a service that a request brings, or whose ports, selector or sources it changes',
    example: 'NodePort',
    bind: ofService(typeOf),
  }),
  auditField({
    name: 'ka.req.service.apps',
    isList: true,
    description: 'What the name, the labels and the selector of a service say that is behind it',
    example: 'kubernetes-dashboard',
    bind: ofService(appsOf),
  }),
  auditField({
    name: 'ka.req.service.port_numbers',
    type: 'number',
    isList: true,
    description: 'Ports of a service, and of the pods behind it',
    example: '6379',
    bind: ofService(portNumbers),
  }),
  auditField({
    name: 'ka.req.service.is_internal',
    type: 'boolean',
    description: 'An annotation keeps the load balancer of a service inside the own network (AKS, EKS, GKE)',
    example: 'true',
    bind: ofService(isInternal),
  }),
  auditField({
    name: 'ka.req.service.source_ranges',
    isList: true,
    description: 'Networks that may use the load balancer of a service; without one, all may',
    example: '203.0.113.0/24',
    bind: ofService(sourceRanges),
  }),
  auditField({
    name: 'ka.req.service.widest_source_prefix',
    type: 'number',
    description:
      'Prefix length of the widest network that may use the load balancer of a service; 0 where all may; of IPv6 a quarter',
    example: '24',
    bind: ofService((event) => {
      const prefixes = present(sourceRanges(event).map(parseNetwork)).map(({ bits, prefix }) =>
        bits === 32 ? prefix : Math.floor(prefix / 4),
      );
      return prefixes.length === 0 ? 0 : Math.min(...prefixes);
    }),
  }),
  auditField({
    name: 'ka.req.service.external_ips',
    isList: true,
    description: 'Addresses whose traffic a service asks the nodes to catch',
    example: '203.0.113.9',
    bind: ofService((event) => present(listOf(writtenValue(event, 'spec', 'externalIPs')).map(text))),
  }),
];

const rulesOf = (event: ApiRequested): readonly unknown[] => listOf(writtenValue(event, 'spec', 'rules'));
const backendOf = (owner: unknown): string | undefined =>
  text(at(owner, 'backend', 'service', 'name')) ?? text(at(owner, 'backend', 'serviceName'));

function backendsOf(event: ApiRequested): readonly string[] {
  const paths = rulesOf(event).flatMap((rule) => listOf(at(rule, 'http', 'paths')));
  const byDefault = text(writtenValue(event, 'spec', 'defaultBackend', 'service', 'name'));
  return [...new Set(present([byDefault, ...paths.map(backendOf)]))];
}

/** `*` for a rule that names no host: it takes requests for all of them. */
const hostsOf = (event: ApiRequested): readonly string[] => [
  ...rulesOf(event).map((rule) => text(at(rule, 'host')) ?? '*'),
  ...((writtenValue(event, 'spec', 'defaultBackend') ?? undefined) === undefined ? [] : ['*']),
];

const ofIngress =
  (read: (event: ApiRequested) => FieldValue) =>
  () =>
  (event: ApiRequested): FieldValue =>
    isAbout(event, 'ingresses') ? read(event) : undefined;

const ingresses: readonly Field[] = [
  auditField({
    name: 'ka.req.ingress.services',
    isList: true,
    description: 'Services that an ingress leads to',
    example: 'kubernetes-dashboard',
    bind: ofIngress(backendsOf),
  }),
  auditField({
    name: 'ka.req.ingress.hosts',
    isList: true,
    description: 'Hosts of an ingress; * for one that takes requests for all hosts',
    example: '*.example.org',
    bind: ofIngress(hostsOf),
  }),
  auditField({
    name: 'ka.req.ingress.annotations',
    isList: true,
    description: 'Names of the annotations of an ingress',
    example: 'nginx.ingress.kubernetes.io/server-snippet',
    bind: ofIngress((event) => {
      const annotations = writtenValue(event, 'metadata', 'annotations');
      return typeof annotations === 'object' && annotations !== null ? Object.keys(annotations) : [];
    }),
  }),
  auditField({
    name: 'ka.req.annotation_values',
    isList: true,
    description: 'Values of the annotations of the object that a request brings',
    example: 'return 200 "hello";',
    bind: () => (event) => present(valuesOf(writtenValue(event, 'metadata', 'annotations')).map(text)),
  }),
];

export const kaServiceFields: readonly Field[] = [...services, ...ingresses];

// Fields of objects that steer the cluster itself: certificate requests, namespaces' security levels, nodes.
import type { ApiRequested } from '@yagura/contracts';
import { type CertificateSubject, certificateSubject } from './certificate-subject.ts';
import { auditField, type Field } from './field.ts';
import { parseImage } from './image-reference.ts';
import { at, inside, text } from './outside-value.ts';
import { imagesOf } from './pod-spec.ts';
import { writtenValue } from './written-value.ts';

const nobody: CertificateSubject = { commonNames: [], organisations: [] };

function subjectOf(event: ApiRequested): CertificateSubject {
  if (at(event.request, 'objectRef', 'resource') !== 'certificatesigningrequests') return nobody;
  const request = text(writtenValue(event, 'spec', 'request'));
  return request === undefined ? nobody : certificateSubject(request);
}

/** `removed` where a patch takes the label away, alone or with others. */
function enforcedLevel(event: ApiRequested): string | undefined {
  if (at(event.request, 'objectRef', 'resource') !== 'namespaces') return undefined;
  const value = writtenValue(event, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
  return value === null ? 'removed' : text(value);
}

function labelKeys(event: ApiRequested): readonly string[] {
  const labels = writtenValue(event, 'metadata', 'labels');
  return typeof labels === 'object' && labels !== null ? Object.keys(labels) : [];
}

const objectName = (event: ApiRequested): string | undefined =>
  text(inside(event.request.objectRef)?.name) ??
  text(inside(inside(event.request.responseObject)?.metadata)?.name);

/** At the level Metadata there was none to leave out. */
export function isLeftOut({ quality, request }: ApiRequested): boolean {
  const wasLogged = request.level === 'Request' || request.level === 'RequestResponse';
  return wasLogged && quality.truncated === true && request.requestObject === undefined;
}

const hostOrNot = /[.:]|^localhost$/;

/** Without a host before its first slash an image is of Docker Hub. */
function registryOf(image: string): string {
  const { repository } = parseImage(image);
  const slash = repository.indexOf('/');
  const host = repository.slice(0, Math.max(slash, 0));
  return slash >= 0 && hostOrNot.test(host) ? host : 'docker.io';
}

function registriesOf(event: ApiRequested): readonly string[] {
  const found: string[] = [];
  for (const image of imagesOf(event)) {
    const registry = registryOf(image);
    if (!found.includes(registry)) found.push(registry);
  }
  return found;
}

export const kaControlPlaneFields: readonly Field[] = [
  auditField({
    name: 'ka.req.csr.user',
    isList: true,
    description: 'Common names in a certificate request: the user that the certificate will be of',
    example: 'system:kube-controller-manager',
    bind: () => (event) => subjectOf(event).commonNames,
  }),
  auditField({
    name: 'ka.req.csr.groups',
    isList: true,
    description: 'Organisations in a certificate request: the groups of that user',
    example: 'system:masters',
    bind: () => (event) => subjectOf(event).organisations,
  }),
  auditField({
    name: 'ka.req.csr.signer',
    description: 'Who shall sign the certificate',
    example: 'kubernetes.io/kube-apiserver-client',
    bind: () => (event) => text(writtenValue(event, 'spec', 'signerName')),
  }),
  auditField({
    name: 'ka.req.namespace.enforce',
    description: 'Level of Pod Security Admission that a request sets on a namespace, or `removed`',
    example: 'privileged',
    bind: () => enforcedLevel,
  }),
  auditField({
    name: 'ka.req.labels',
    isList: true,
    description: 'Keys of the labels that a request brings',
    example: 'node-role.kubernetes.io/control-plane',
    bind: () => labelKeys,
  }),
  auditField({
    name: 'ka.object.name',
    description: 'Name of the object, also where the API server made it up',
    example: 'web-7998647bdf-phvq7',
    bind: () => objectName,
  }),
  auditField({
    name: 'ka.object.left_out',
    type: 'boolean',
    description: 'The object of the request was left out of the record for its size or its depth',
    example: 'true',
    bind: () => isLeftOut,
  }),
  auditField({
    name: 'ka.req.pod.registries',
    isList: true,
    description: 'Registries that the images of a pod come from',
    example: 'docker.io',
    bind: () => registriesOf,
  }),
];

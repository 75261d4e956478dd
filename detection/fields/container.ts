// Fields of the container that a process runs in; `host` stands for none, as in Falco.
import { type Field, nodeField } from './field.ts';
import { parseImage } from './image-reference.ts';

const shortIdLength = 12;

export const containerFields: readonly Field[] = [
  nodeField({
    name: 'container.id',
    description: 'First 12 digits of the container id, or `host` outside of containers',
    example: '3ad7b26ded6d',
    read: (e) => e.container?.id.slice(0, shortIdLength) ?? 'host',
  }),
  nodeField({
    name: 'container.full_id',
    description: 'The whole container id',
    example: '3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e',
    read: (e) => e.container?.id,
  }),
  nodeField({
    name: 'container.name',
    description: 'Name of the container, or `host`',
    example: 'nginx',
    read: (e) => (e.container === undefined ? 'host' : e.container.name),
  }),
  nodeField({
    name: 'container.image',
    description: 'Image as it was asked for',
    example: 'docker.io/library/nginx:1.27',
    read: (e) => e.container?.image,
  }),
  nodeField({
    name: 'container.image.repository',
    description: 'Image without tag and digest',
    example: 'docker.io/library/nginx',
    read: (e) => (e.container?.image === undefined ? undefined : parseImage(e.container.image).repository),
  }),
  nodeField({
    name: 'container.image.tag',
    description: 'Tag of the image',
    example: '1.27',
    read: (e) => (e.container?.image === undefined ? undefined : parseImage(e.container.image).tag),
  }),
  nodeField({
    name: 'container.image.digest',
    description: 'Digest of the image',
    example: 'sha256:0a3b…',
    read: (e) => e.container?.imageDigest,
  }),
  nodeField({
    name: 'container.type',
    description: 'Runtime, or `host`',
    example: 'containerd',
    read: (e) => (e.container === undefined ? 'host' : e.container.runtime),
  }),
  nodeField({
    name: 'container.privileged',
    type: 'boolean',
    description: 'The container runs privileged',
    example: 'true',
    read: (e) => e.container?.privileged,
  }),
  nodeField({
    name: 'container.info',
    description: 'Id and name of the container, for outputs of older rules',
    example: 'nginx (id=3ad7b26ded6d)',
    read: (e) =>
      e.container === undefined
        ? 'host (id=host)'
        : `${e.container.name ?? ''} (id=${e.container.id.slice(0, shortIdLength)})`,
  }),
];

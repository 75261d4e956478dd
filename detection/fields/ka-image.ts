// Fields of images that say where they come from, written as the container runtime would look them up.
import { auditField, type Field } from './field.ts';
import { imageOrigin } from './image-origin.ts';
import { pick } from './outside-value.ts';
import { imagesOf } from './pod-spec.ts';

const perImage = (
  field: Pick<Field, 'name' | 'description' | 'example'>,
  read: (image: string) => string,
): Field =>
  auditField({
    ...field,
    isList: true,
    argument: { kind: 'index', isRequired: false },
    bind: (position) => (event) => pick(imagesOf(event), position).map(read),
  });

export const kaImageFields: readonly Field[] = [
  perImage(
    {
      name: 'ka.req.pod.containers.image.registry',
      description: 'Registries of the images; docker.io where the image names none',
      example: 'registry.k8s.io',
    },
    (image) => imageOrigin(image).registry,
  ),
  perImage(
    {
      name: 'ka.req.pod.containers.image.path',
      description: 'Images in full, with registry and without tag and digest',
      example: 'docker.io/library/nginx',
    },
    (image) => imageOrigin(image).path,
  ),
  perImage(
    {
      name: 'ka.req.pod.containers.image.publisher',
      description:
        'Who publishes the images: the registry, and on registries that many share the account on it',
      example: 'quay.io/cilium',
    },
    (image) => imageOrigin(image).publisher,
  ),
];

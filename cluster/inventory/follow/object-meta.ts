// The metadata that each object has.
import { at, text } from '../resources/outside-value.ts';

export interface ObjectMeta {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly createdAt?: string;
}

/** `undefined` for what is no object of the API server. */
export function metaOf(object: unknown): ObjectMeta | undefined {
  const meta = at(object, 'metadata');
  const [uid, name, createdAt] = [
    text(at(meta, 'uid'), 64),
    text(at(meta, 'name')),
    text(at(meta, 'creationTimestamp'), 40),
  ];
  if (uid === undefined || name === undefined) return undefined;
  const namespace = text(at(meta, 'namespace')) ?? '';
  return { uid, namespace, name, ...(createdAt === undefined ? {} : { createdAt }) };
}

export const versionOf = (object: unknown): string | undefined =>
  text(at(object, 'metadata', 'resourceVersion'), 128);

/** The bookmark after all that a watch began with. */
export const endsInitial = (object: unknown): boolean =>
  at(object, 'metadata', 'annotations', 'k8s.io/initial-events-end') === 'true';

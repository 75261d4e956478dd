// Container and pod facts that travel with a node event.
import Type, { type Static } from 'typebox';

/** Facts of one container, as the runtime tells them; every field but `id` is best effort. */
export const Container = Type.Object({
  id: Type.String({ maxLength: 128, description: 'full container id, 64 hex digits with most runtimes' }),
  name: Type.Optional(Type.String({ maxLength: 256 })),
  image: Type.Optional(Type.String({ maxLength: 1024, description: 'reference as it was asked for' })),
  imageDigest: Type.Optional(Type.String({ maxLength: 256 })),
  runtime: Type.Optional(Type.String({ maxLength: 64, description: 'containerd, cri-o, runc …' })),
  privileged: Type.Optional(Type.Boolean()),
});
export type Container = Static<typeof Container>;

/** The pod that owns the container, where there is one. */
export const Pod = Type.Object({
  name: Type.String({ maxLength: 253 }),
  namespace: Type.String({ maxLength: 253 }),
  uid: Type.Optional(Type.String({ maxLength: 64 })),
  labels: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type Pod = Static<typeof Pod>;

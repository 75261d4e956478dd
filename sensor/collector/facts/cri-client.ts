// Calls of the Container Runtime Interface over its Unix socket; answers are checked before anyone sees them.
import { fileURLToPath } from 'node:url';
import { Client, credentials } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';

const callTimeoutMs = 2000;
const answerLimitBytes = 4 * 1024 * 1024;
const service = 'runtime.v1.RuntimeService';

const Metadata = Type.Union([Type.Null(), Type.Object({ name: Type.String() })]);
const Image = Type.Union([
  Type.Null(),
  Type.Object({ image: Type.String(), userSpecifiedImage: Type.Optional(Type.String()) }),
]);

const CriContainer = Type.Object({
  id: Type.String(),
  podSandboxId: Type.String(),
  metadata: Metadata,
  image: Image,
  imageRef: Type.String(),
});
export type CriContainer = Static<typeof CriContainer>;

const CriStatus = Type.Object({
  status: Type.Union([
    Type.Null(),
    Type.Object({ id: Type.String(), image: Image, imageRef: Type.String() }),
  ]),
  info: Type.Record(Type.String(), Type.String()),
});
export type CriStatus = Static<typeof CriStatus>;

const CriSandbox = Type.Object({
  id: Type.String(),
  metadata: Type.Union([
    Type.Null(),
    Type.Object({ name: Type.String(), uid: Type.String(), namespace: Type.String() }),
  ]),
  labels: Type.Record(Type.String(), Type.String()),
});
export type CriSandbox = Static<typeof CriSandbox>;

const Containers = Type.Object({ containers: Type.Array(CriContainer) });
const Sandboxes = Type.Object({ items: Type.Array(CriSandbox) });

export interface CriClient extends Disposable {
  container(id: string): Promise<CriContainer | undefined>;
  status(id: string): Promise<CriStatus>;
  sandbox(id: string): Promise<CriSandbox | undefined>;
}

export function connectCri(socketPath: string): CriClient {
  const methods = loadMethods();
  const client = new Client(`unix://${socketPath}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': answerLimitBytes,
    // Without this a runtime that was down for long is found again only after two minutes.
    'grpc.max_reconnect_backoff_ms': 5000,
  });
  const call = async <S extends TSchema>(name: string, request: object, schema: S): Promise<Static<S>> => {
    const value = await callMethod(client, methods, { name, request });
    if (!Value.Check(schema, value)) throw new Error(`unexpected answer to ${name}`);
    return value;
  };
  return {
    container: async (id) => (await call('ListContainers', { filter: { id } }, Containers)).containers[0],
    status: (id) => call('ContainerStatus', { containerId: id, verbose: true }, CriStatus),
    sandbox: async (id) => (await call('ListPodSandbox', { filter: { id } }, Sandboxes)).items[0],
    [Symbol.dispose]: () => client.close(),
  };
}

type Method = MethodDefinition<object, object>;

function loadMethods(): ReadonlyMap<string, Method> {
  const definition = loadSync(fileURLToPath(import.meta.resolve('./cri.proto')), { defaults: true });
  const found = definition[service];
  if (!found || 'format' in found) throw new Error('cri.proto has no RuntimeService');
  return new Map(Object.entries(found));
}

function callMethod(
  client: Client,
  methods: ReadonlyMap<string, Method>,
  { name, request }: { name: string; request: object },
): Promise<unknown> {
  const method = methods.get(name);
  if (!method) throw new Error(`cri.proto has no method ${name}`);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      { deadline: Date.now() + callTimeoutMs },
      (error, answer) => (error ? reject(error) : resolve(answer)),
    );
  });
}

// Container and pod facts from the runtime itself, where it speaks the Container Runtime Interface.
import { existsSync } from 'node:fs';
import type { Container, Pod } from '@yagura/contracts';
import Type from 'typebox';
import Value from 'typebox/value';
import type { ContainerRef } from '../container-id.ts';
import type { ContainerFacts, FactSource } from './container-facts.ts';
import type { CriClient, CriContainer, CriSandbox, CriStatus } from './cri-client.ts';

export const defaultCriSockets = ['/run/containerd/containerd.sock', '/run/crio/crio.sock'] as const;

/** The verbose part of a status as containerd and CRI-O fill it; it has no promised shape. */
const VerboseInfo = Type.Object({
  privileged: Type.Optional(Type.Boolean()),
  config: Type.Optional(
    Type.Object({
      linux: Type.Optional(
        Type.Object({
          security_context: Type.Optional(Type.Object({ privileged: Type.Optional(Type.Boolean()) })),
        }),
      ),
    }),
  ),
});

/** Asks the first socket that exists; where there is none, it knows nothing and costs nothing. */
export function createCriSource(sockets: readonly string[]): FactSource & Disposable {
  const clients = new Map<string, Promise<CriClient>>();
  const clientOf = (socket: string): Promise<CriClient> => {
    // The gRPC library is not even loaded on a node without such a runtime.
    const client =
      clients.get(socket) ?? import('./cri-client.ts').then((module) => module.connectCri(socket));
    clients.set(socket, client);
    return client;
  };
  return {
    name: 'cri',
    find: async (ref) => {
      const socket = sockets.find((path) => existsSync(path));
      return socket === undefined ? undefined : findFacts(await clientOf(socket), ref);
    },
    [Symbol.dispose]: () => {
      for (const client of clients.values()) void client.then((one) => one[Symbol.dispose]());
      clients.clear();
    },
  };
}

async function findFacts(client: CriClient, ref: ContainerRef): Promise<ContainerFacts | undefined> {
  const container = await client.container(ref.id);
  const sandbox = await client.sandbox(container?.podSandboxId ?? ref.id);
  if (!container) return sandbox && { container: sandboxContainer(ref), ...podOf(sandbox) };
  const status = await client.status(ref.id);
  return { container: toContainer(ref, container, status), ...(sandbox ? podOf(sandbox) : {}) };
}

/** The container that only holds a pod's namespaces has no entry of its own. */
const sandboxContainer = ({ id, runtime = 'containerd' }: ContainerRef): Container => ({
  id,
  name: 'POD',
  runtime,
});

function toContainer(ref: ContainerRef, container: CriContainer, status: CriStatus): Container {
  // The list names the image by digest, the status as it was asked for.
  const image = container.image?.userSpecifiedImage || status.status?.image?.image || container.image?.image;
  const digest = status.status?.imageRef || container.imageRef;
  const privileged = isPrivileged(status);
  return {
    id: ref.id,
    ...(container.metadata?.name ? { name: container.metadata.name.slice(0, 256) } : {}),
    ...(image ? { image: image.slice(0, 1024) } : {}),
    ...(digest ? { imageDigest: digest.slice(0, 256) } : {}),
    runtime: ref.runtime ?? 'containerd',
    ...(privileged === undefined ? {} : { privileged }),
  };
}

function isPrivileged({ info }: CriStatus): boolean | undefined {
  try {
    const value: unknown = JSON.parse(info['info'] ?? 'null');
    if (!Value.Check(VerboseInfo, value)) return undefined;
    return value.privileged ?? value.config?.linux?.security_context?.privileged ?? false;
  } catch {
    return undefined;
  }
}

function podOf({ metadata, labels }: CriSandbox): { pod: Pod } | undefined {
  if (!metadata) return undefined;
  const { name, namespace, uid } = metadata;
  return { pod: { name, namespace, ...(uid ? { uid } : {}), labels: ownLabels(labels) } };
}

/** Those that the kubelet adds only repeat the pod's name. */
const ownLabels = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('io.kubernetes.')));

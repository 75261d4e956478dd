// The runtime specification (config.json) that containerd, CRI-O and podman keep of each container that runs.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import { factsFromAnnotations } from './annotations.ts';
import type { FactSource } from './container-facts.ts';
import { readJson } from './read-json.ts';

const Specification = Type.Object({
  annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
});

export interface BundlePlaces {
  /** Holds a folder a namespace, each with a folder a container. */
  readonly containerdTasks: string;
  /** Hold a folder a container with `userdata/config.json`. */
  readonly storage: readonly string[];
}

const defaultBundlePlaces: BundlePlaces = {
  containerdTasks: '/run/containerd/io.containerd.runtime.v2.task',
  storage: ['/run/containers/storage/overlay-containers', '/var/lib/containers/storage/overlay-containers'],
};

export function createBundleSource(places: BundlePlaces = defaultBundlePlaces): FactSource {
  return {
    name: 'oci-bundle',
    find: async (ref) => {
      const namespaces = await readdir(places.containerdTasks).catch((): string[] => []);
      const candidates = [
        ...namespaces.slice(0, 32).map((name) => join(places.containerdTasks, name, ref.id, 'config.json')),
        ...places.storage.map((folder) => join(folder, ref.id, 'userdata', 'config.json')),
      ];
      for (const path of candidates) {
        const specification = await readJson(path, Specification);
        const runtime = path.startsWith(places.containerdTasks) ? { runtime: 'containerd' } : {};
        if (specification)
          return factsFromAnnotations({ ...runtime, ...ref }, specification.annotations ?? {});
      }
      return undefined;
    },
  };
}

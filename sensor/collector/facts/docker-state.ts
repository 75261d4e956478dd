// Docker's own file of a container: it gives the runtime no annotations.
import { join } from 'node:path';
import Type from 'typebox';
import { factsFromAnnotations } from './annotations.ts';
import type { FactSource } from './container-facts.ts';
import { readJson } from './read-json.ts';

const Configuration = Type.Object({
  Name: Type.Optional(Type.String()),
  Image: Type.Optional(Type.String()),
  Config: Type.Object({
    Image: Type.Optional(Type.String()),
    Labels: Type.Optional(Type.Union([Type.Null(), Type.Record(Type.String(), Type.String())])),
  }),
});
const HostConfiguration = Type.Object({ Privileged: Type.Optional(Type.Boolean()) });

const defaultDockerFolder = '/var/lib/docker/containers';

export function createDockerSource(folder: string = defaultDockerFolder): FactSource {
  return {
    name: 'docker',
    find: async (ref) => {
      const configuration = await readJson(join(folder, ref.id, 'config.v2.json'), Configuration);
      if (!configuration) return undefined;
      const host = await readJson(join(folder, ref.id, 'hostconfig.json'), HostConfiguration);
      const { container, pod } = factsFromAnnotations(
        { ...ref, runtime: 'docker' },
        configuration.Config.Labels ?? {},
      );
      const name = configuration.Name?.replace(/^\//, '').slice(0, 256);
      const image = configuration.Config.Image?.slice(0, 1024);
      return {
        container: {
          ...container,
          ...(name ? { name } : {}),
          ...(image ? { image } : {}),
          ...(configuration.Image ? { imageDigest: configuration.Image.slice(0, 256) } : {}),
          ...(host?.Privileged === undefined ? {} : { privileged: host.Privileged }),
        },
        ...(pod ? { pod } : {}),
      };
    },
  };
}

// The one list of checks, in the order of the report.
import type { Check } from '../check.ts';
import { consoleBuild } from './console-build.ts';
import { chromium, criSocket, simulation } from './containers.ts';
import { btf, cgroups, kernel } from './kernel.ts';
import { node } from './node.ts';
import { ports } from './ports.ts';
import { capabilities, user } from './rights.ts';
import { compilers, libbpf, sensorBuild } from './sensor-build.ts';
import { dataFolderCheck, disk, postgres } from './storage.ts';

export const checks: readonly Check[] = [
  node,
  postgres,
  dataFolderCheck,
  disk,
  ports,
  consoleBuild,
  user,
  kernel,
  btf,
  capabilities,
  cgroups,
  sensorBuild,
  compilers,
  libbpf,
  criSocket,
  simulation,
  chromium,
];

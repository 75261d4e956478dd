// Whether the sensor is built, and whether it could be.
import { join } from 'node:path';
import { type Check, missing, ok, warn } from '../check.ts';
import { exists, findProgram } from '../find-program.ts';

export const sensorBuild: Check = {
  id: 'sensor-build',
  title: 'Sensor built',
  for: 'sensor',
  async run({ root }) {
    const loader = join(root, 'sensor', 'build', 'yagura-loader');
    if (await exists(loader)) return ok(loader);
    return missing('not yet', 'Run "npm run build:sensor".');
  },
};

const install = 'As root on Debian or Ubuntu: apt-get install clang gcc libbpf-dev libelf-dev zlib1g-dev.';

export const compilers: Check = {
  id: 'compilers',
  title: 'Compilers',
  for: 'building the sensor',
  async run({ terminal }) {
    const clang = await findProgram(
      ['clang', 'clang-19', 'clang-18', 'clang-17', 'clang-16', 'clang-15', 'clang-14'],
      terminal.env,
    );
    const gcc = await findProgram(['gcc', 'cc'], terminal.env);
    const lacks = [...(clang === undefined ? ['clang'] : []), ...(gcc === undefined ? ['gcc'] : [])];
    if (lacks.length === 0) return ok(`${clang}, ${gcc}`);
    return warn(`no ${lacks.join(' and no ')}`, install);
  },
};

export const libbpf: Check = {
  id: 'libbpf',
  title: 'libbpf headers',
  for: 'building the sensor',
  async run() {
    const header = '/usr/include/bpf/libbpf.h';
    return (await exists(header)) ? ok(header) : warn(`${header} is not there`, install);
  },
};

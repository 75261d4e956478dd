// What Yagura needs of container runtimes: facts about containers, and a container of its own to simulate attacks in.
import { type Check, ok, warn } from '../check.ts';
import { exists, findProgram } from '../find-program.ts';

const sockets = [
  '/run/containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/var/run/cri-dockerd.sock',
];

export const criSocket: Check = {
  id: 'cri',
  title: 'Container runtime socket',
  for: 'names of pods and images in events',
  async run() {
    for (const socket of sockets) if (await exists(socket)) return ok(socket);
    return warn(
      'none found',
      "Container facts come from the runtimes' state files then; pods are known where CRI is.",
    );
  },
};

export const simulation: Check = {
  id: 'simulation',
  title: 'runc and busybox',
  for: 'simulate',
  async run({ terminal }) {
    const runc = await findProgram(['runc'], terminal.env);
    const busybox = await findProgram(['busybox'], terminal.env);
    const lacks = [
      ...(runc === undefined ? ['runc'] : []),
      ...(busybox === undefined ? ['busybox-static'] : []),
    ];
    if (lacks.length === 0) return ok(`${runc}, ${busybox}`);
    return warn(
      `no ${lacks.join(', no ')}`,
      `As root on Debian or Ubuntu: apt-get install ${lacks.join(' ')}.`,
    );
  },
};

export const chromium: Check = {
  id: 'chromium',
  title: 'Chromium',
  for: 'browser tests',
  async run({ terminal }) {
    const path = await findProgram(['chromium', 'chromium-browser', 'google-chrome'], terminal.env);
    return path === undefined
      ? warn('not found', 'As root on Debian or Ubuntu: apt-get install chromium.')
      : ok(path);
  },
};

// Processes that a sensor saw, as whole events.
import { randomUUID } from 'node:crypto';
import type { Ancestor, Process, ProcessStarted } from '@yagura/contracts';

interface ProcessFacts {
  readonly node: string;
  readonly process: Partial<Process> & Pick<Process, 'name' | 'executable' | 'args'>;
  readonly ancestors: readonly Ancestor[];
}

const started = ({ node, process, ancestors }: ProcessFacts): ProcessStarted => ({
  kind: 'process.started',
  id: randomUUID(),
  time: new Date().toISOString(),
  node,
  cluster: 'prod-eu',
  container: {
    id: '4f1d0c9b6e7a4f1d0c9b6e7a4f1d0c9b6e7a4f1d0c9b6e7a4f1d0c9b6e7a4f1d',
    name: 'web',
    image: 'registry.example.com/shop/web:1.14.2',
    runtime: 'containerd',
  },
  pod: { name: 'web-7d9c5b6f4-x2lq7', namespace: 'shop' },
  process: {
    ...{ pid: 48_213, tid: 48_213, ppid: 48_190, nsPid: 42, uid: 33, gid: 33, argsCut: false },
    ...{ capabilities: '00000000a80425fb', cgroupId: '11873', namespaces: {}, cwd: '/var/www/html' },
    ...process,
  },
  ancestors: [...ancestors],
});

const webServer: readonly Ancestor[] = [
  { pid: 47_801, name: 'nginx', path: '/usr/sbin/nginx', args: ['nginx: worker process'] },
  { pid: 47_790, name: 'nginx', path: '/usr/sbin/nginx', args: ['nginx', '-g', 'daemon off;'] },
  { pid: 47_760, name: 'containerd-shim', path: '/usr/bin/containerd-shim-runc-v2' },
];

export const reverseShell = (node: string): ProcessStarted =>
  started({
    node,
    process: {
      name: 'bash',
      executable: { path: '/bin/bash', upperLayer: false },
      args: ['bash', '-i'],
      stdin: { type: 'socket', inode: 88_121, peer: '198.51.100.9:4444' },
      stdout: { type: 'socket', inode: 88_121, peer: '198.51.100.9:4444' },
      stderr: { type: 'socket', inode: 88_121, peer: '198.51.100.9:4444' },
    },
    ancestors: [
      { pid: 48_190, name: 'sh', path: '/bin/sh', args: ['sh', '-c', 'id; uname -a'] },
      ...webServer,
    ],
  });

export const droppedMiner = (node: string): ProcessStarted =>
  started({
    node,
    process: {
      name: 'xmrig',
      executable: { path: '/tmp/.cache/xmrig', upperLayer: true },
      args: ['/tmp/.cache/xmrig', '-o', 'stratum+tcp://pool.example.net:3333', '--donate-level=1'],
      stdin: { type: 'null' },
    },
    ancestors: [
      { pid: 48_190, name: 'sh', path: '/bin/sh', args: ['sh', '/tmp/.cache/run.sh'] },
      ...webServer,
    ],
  });

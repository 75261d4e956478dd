// What nodes report in an ordinary hour: health checks, workers, cron jobs, builds of images.
import { type Lines, linesOf } from './lines.ts';

interface Kind {
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly parents: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    name: 'sh',
    path: '/usr/bin/dash',
    args: ['sh', '-c', 'wget -q -O- http://localhost:8080/healthz || exit 1'],
    parents: ['runc', 'containerd-shim', 'systemd'],
  },
  {
    name: 'wget',
    path: '/usr/bin/wget',
    args: ['wget', '-q', '-O-', 'http://localhost:8080/healthz'],
    parents: ['sh', 'runc', 'containerd-shim'],
  },
  {
    name: 'pg_isready',
    path: '/usr/lib/postgresql/17/bin/pg_isready',
    args: ['pg_isready', '-U', 'app', '-h', '127.0.0.1'],
    parents: ['runc', 'containerd-shim'],
  },
  {
    name: 'java',
    path: '/opt/java/bin/java',
    args: [
      'java',
      '-Xmx512m',
      '-Dspring.profiles.active=prod',
      '-jar',
      '/app/service.jar',
      '--server.port=8080',
      '--logging.config=/etc/app/log.xml',
    ],
    parents: ['entrypoint.sh', 'containerd-shim'],
  },
  {
    name: 'nginx',
    path: '/usr/sbin/nginx',
    args: ['nginx', '-g', 'daemon off;'],
    parents: ['docker-entrypoi', 'containerd-shim'],
  },
  {
    name: 'python3',
    path: '/usr/bin/python3.13',
    args: ['python3', '-m', 'celery', '-A', 'app', 'worker', '--concurrency=4'],
    parents: ['tini', 'containerd-shim'],
  },
  { name: 'date', path: '/usr/bin/date', args: ['date', '+%s'], parents: ['bash', 'cron', 'systemd'] },
  {
    name: 'cat',
    path: '/usr/bin/cat',
    args: ['cat', '/proc/1/status'],
    parents: ['bash', 'runc', 'containerd-shim'],
  },
  {
    name: 'runc',
    path: '/usr/sbin/runc',
    args: [
      'runc',
      '--root',
      '/run/containerd/runc/k8s.io',
      'exec',
      '--process',
      '/tmp/runc-process123',
      '0123456789abcdef',
    ],
    parents: ['containerd-shim', 'systemd'],
  },
  {
    name: 'git',
    path: '/usr/bin/git',
    args: ['git', 'fetch', '--depth', '1', 'origin', 'main'],
    parents: ['runner', 'containerd-shim'],
  },
];

const hex = (index: number): string => index.toString(16).padStart(8, '0').repeat(8);

function processEvent(kind: Kind, index: number): object {
  const isOnNode = kind.name === 'runc' || kind.name === 'date';
  return {
    kind: 'process.started',
    id: `node-1/9f7c/${index}`,
    time: '2026-05-04T10:00:00.123456789Z',
    node: 'node-1',
    cluster: 'prod',
    ...(isOnNode
      ? {}
      : {
          container: {
            id: hex(index % 200),
            name: kind.name,
            image: `registry.example/team/${kind.name}:1.4.2`,
            runtime: 'containerd',
            privileged: false,
          },
          pod: {
            name: `${kind.name}-5cdcc99dbf-abcde`,
            namespace: `team-${index % 20}`,
            uid: '8c844-1',
            labels: { app: kind.name },
          },
        }),
    process: {
      pid: 10_000 + index,
      tid: 10_000 + index,
      ppid: 900,
      uid: 1000,
      gid: 1000,
      name: kind.name,
      executable: { path: kind.path, inode: 131_077, upperLayer: false },
      args: kind.args,
      argsCut: false,
      cwd: '/app',
      tty: 0,
      capabilities: '00000000a80425fb',
      cgroupId: '4242',
      cgroupPath: `/kubepods.slice/kubepods-burstable.slice/cri-containerd-${hex(index % 200)}.scope`,
      namespaces: { mnt: 4_026_532_000, pid: 4_026_532_001, net: 4_026_532_002, user: 4_026_531_837 },
      stdin: { type: 'null' },
      stdout: { type: 'pipe', inode: 81_234 },
      stderr: { type: 'pipe', inode: 81_235 },
    },
    ancestors: kind.parents.map((name, step) => ({
      pid: 900 - step,
      name,
      path: `/usr/bin/${name}`,
      args: [name],
    })),
  };
}

export const processMix = (count: number): Lines =>
  linesOf(
    Array.from({ length: count }, (_, index) => kinds[index % kinds.length]).flatMap((kind, index) =>
      kind === undefined ? [] : [JSON.stringify(processEvent(kind, index))],
    ),
  );

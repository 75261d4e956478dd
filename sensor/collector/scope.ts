// What the sensor watches: all of the node, its containers, or the cgroups below a path.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SensorError } from '../errors.ts';

export type Scope =
  | { readonly kind: 'node' }
  | { readonly kind: 'containers' }
  | { readonly kind: 'cgroup'; readonly prefix: string };

export function parseScope(text: string): Scope {
  if (text === 'node' || text === 'containers') return { kind: text };
  const prefix = /^cgroup:\/*([^/].*?)\/*$/.exec(text)?.[1];
  if (prefix === undefined || prefix.split('/').includes('..'))
    throw new SensorError('SCOPE_INVALID', `--scope ${text}`);
  return { kind: 'cgroup', prefix: `/${prefix}` };
}

/** Numbers of enum cgroup_slot in sensor/bpf/config.h. */
const slots = { memory: 1, pids: 2, cpu: 3, devices: 4 } as const;
const unifiedSlot = 0;

interface CgroupMount {
  readonly slot: number;
  readonly path: string;
}

/** Mounts of cgroup hierarchies that the kernel side looks at, from /proc/self/mountinfo. */
export function parseCgroupMounts(mountinfo: string): readonly CgroupMount[] {
  return mountinfo.split('\n').flatMap((line): CgroupMount[] => {
    const [before = '', after = ''] = line.split(' - ');
    const path = before.split(' ')[4] ?? '';
    const [type = '', , options = ''] = after.split(' ');
    if (type === 'cgroup2') return [{ slot: unifiedSlot, path }];
    if (type !== 'cgroup') return [];
    return Object.entries(slots)
      .filter(([controller]) => options.split(',').includes(controller))
      .map(([, slot]) => ({ slot, path }));
  });
}

/** The loader's flags. A cgroup is known to the kernel by the inode number of its folder. */
export function loaderScopeFlags(scope: Scope, mountinfoPath: string): string[] {
  if (scope.kind !== 'cgroup') return ['--scope', scope.kind];
  const keys = parseCgroupMounts(readFileSync(mountinfoPath, 'utf8')).flatMap(({ slot, path }) => {
    const folder = statSync(join(path, scope.prefix), { bigint: true, throwIfNoEntry: false });
    return folder ? [`${slot}:${folder.ino}`] : [];
  });
  if (keys.length === 0) throw new SensorError('SCOPE_EMPTY', `no cgroup hierarchy has ${scope.prefix}`);
  return ['--scope', 'cgroups', ...new Set(keys)].flatMap((key, index) =>
    index < 2 ? [key] : ['--cgroup', key],
  );
}

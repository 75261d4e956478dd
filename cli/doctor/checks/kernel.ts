// The kernel and what it must offer to eBPF programs.
import { release } from 'node:os';
import { type Check, missing, ok, warn } from '../check.ts';
import { exists } from '../find-program.ts';

// 5.8 brought the ring buffer and CAP_BPF.
const needed = [5, 8] as const;

export const kernel: Check = {
  id: 'kernel',
  title: 'Kernel',
  for: 'sensor',
  async run() {
    const [major = 0, minor = 0] = release().split('.').map(Number);
    const isNew = major > needed[0] || (major === needed[0] && minor >= needed[1]);
    if (isNew) return ok(release());
    return missing(release(), `The sensor needs Linux ${needed.join('.')} or newer; everything else works.`);
  },
};

export const btf: Check = {
  id: 'btf',
  title: 'Kernel types (BTF)',
  for: 'sensor',
  async run() {
    const path = '/sys/kernel/btf/vmlinux';
    if (await exists(path)) return ok(path);
    return missing(`${path} is not there`, 'Boot a kernel built with CONFIG_DEBUG_INFO_BTF=y.');
  },
};

export const cgroups: Check = {
  id: 'cgroups',
  title: 'Control groups',
  for: 'sensor: which container a process is in',
  async run() {
    if (await exists('/sys/fs/cgroup/cgroup.controllers')) return ok('version 2');
    if (await exists('/sys/fs/cgroup/unified'))
      return warn('version 1 and 2', 'Boot with systemd.unified_cgroup_hierarchy=1.');
    return missing('version 1', 'Boot with systemd.unified_cgroup_hierarchy=1.');
  },
};

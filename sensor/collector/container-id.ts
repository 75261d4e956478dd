// The container that a cgroup belongs to, by the names that runtimes give their cgroups.

export interface ContainerRef {
  readonly id: string;
  /** As the cgroup's name tells it; undefined where only the id stands there. */
  readonly runtime?: string;
  readonly podUid?: string;
}

/** `docker-<id>.scope`, `cri-containerd-<id>.scope`, `crio-<id>.scope`, `libpod-<id>.scope`, `runc-<id>.scope` … */
const systemdScope = /^(?:([a-z][a-z0-9.-]*?)-)?([0-9a-f]{64})\.scope$/;
/** `<id>` (cgroupfs driver), `crio-<id>`, `libpod-<id>` */
const plainName = /^(?:([a-z][a-z0-9]*)-)?([0-9a-f]{64})$/;
/** A kubelet with the systemd driver above a containerd with the cgroupfs driver. */
const colonName = /^[^:]+\.slice:([a-z-]+):([0-9a-f]{64})$/;
/** Of a monitor beside the container, not of the container. */
const monitors = /conmon/;

const runtimes: Readonly<Record<string, string>> = {
  docker: 'docker',
  'cri-containerd': 'containerd',
  containerd: 'containerd',
  nerdctl: 'containerd',
  crio: 'cri-o',
  libpod: 'podman',
  runc: 'runc',
};

/** Folder above a bare id → runtime. */
const parentRuntimes: Readonly<Record<string, string>> = {
  docker: 'docker',
  libpod_parent: 'podman',
  'k8s.io': 'containerd',
  moby: 'docker',
};

const podName = /^(?:kubepods(?:-[a-z]+)?-)?pod([0-9a-f]{8}[-_][0-9a-f_-]{27}|[0-9a-f]{32})(?:\.slice)?$/;

/** The innermost container of the path, so that a container inside a container is itself. */
export function containerOfCgroup(path: string): ContainerRef | undefined {
  const parts = path.split('/');
  for (let index = parts.length - 1; index > 0; index--) {
    const found = parsePart(parts[index] ?? '', parts[index - 1] ?? '');
    if (!found) continue;
    const podUid = podUidOf(parts.slice(0, index));
    return podUid ? { ...found, podUid } : found;
  }
  return undefined;
}

function parsePart(part: string, parent: string): ContainerRef | undefined {
  if (monitors.test(part)) return undefined;
  const match = systemdScope.exec(part) ?? plainName.exec(part) ?? colonName.exec(part);
  const id = match?.[2];
  if (!id) return undefined;
  const runtime = match[1] === undefined ? parentRuntimes[parent] : runtimes[match[1]];
  return runtime ? { id, runtime } : { id };
}

function podUidOf(parts: readonly string[]): string | undefined {
  for (const part of parts.toReversed()) {
    const uid = podName.exec(part)?.[1];
    if (uid) return uid.replaceAll('_', '-');
  }
  return undefined;
}

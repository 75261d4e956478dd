// The process that holds a cluster's network and mount namespaces: they end with the cluster's last process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, type ProcessIdentity } from './process-identity.ts';

/**
 * Arguments: the group's members file, then pairs of folders to bind. Mounts are shared again within the namespace,
 * because a volume that the kubelet mounts must be seen by containers.
 */
const script = `
set -e
echo $$ > "$1"; shift
mount --make-rshared /
while [ $# -gt 0 ]; do mount --bind "$1" "$2"; shift 2; done
exec sleep infinity`;

const readyTimeoutMs = 10_000;

export interface HolderOptions {
  readonly membersFile: string;
  /** Sources and targets in turn. */
  readonly binds: readonly string[];
}

export async function startHolder({ membersFile, binds }: HolderOptions): Promise<ProcessIdentity> {
  const child = spawn(
    'unshare',
    ['--net', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', membersFile, ...binds],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  await once(child, 'spawn');
  const deadline = Date.now() + readyTimeoutMs;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
      throw new Error(`the cluster's namespaces could not be made: ${complaint.trim() || 'no answer'}`);
    const name = await readFile(`/proc/${child.pid}/comm`, 'utf8').catch(() => '');
    if (name.trim() === 'sleep') break;
    await sleep(20);
  }
  child.stderr.destroy();
  child.unref();
  const identity = await identify(child.pid ?? 0);
  if (identity === undefined) throw new Error("the holder of the cluster's namespaces has ended");
  return identity;
}

/** Arguments for `nsenter`, to run a command where the cluster's own programs run. */
export const enter = ({ pid }: ProcessIdentity): readonly string[] => [
  `--net=/proc/${pid}/ns/net`,
  `--mount=/proc/${pid}/ns/mnt`,
  '--',
];

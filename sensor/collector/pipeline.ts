// One record at a time: decode, find its container, keep the tree, make the event.
import type { CgroupRecord } from '../bpf/cgroup.ts';
import type { FileOpen } from '../probes/file-open/decode.ts';
import type { Probe, ProbeRecord } from '../probes/probes.ts';
import type { ProcessExec } from '../probes/process-exec/decode.ts';
import type { ProcessExit } from '../probes/process-exit/decode.ts';
import { type ContainerRef, containerOfCgroup } from './container-id.ts';
import type { Emitter } from './emitter.ts';
import { errorText } from './error-text.ts';
import type { Frame } from './kernel/frames.ts';
import type { LossLedger } from './losses.ts';
import type { PipeJoiner } from './pipe-joiner.ts';
import { type EventContext, openerOf, programOf, toExited, toOpened, toStarted } from './process-event.ts';
import { nsPerTick, type ProcessTree } from './process-tree.ts';
import type { Scope } from './scope.ts';

export interface PipelineParts {
  readonly probes: readonly Probe[];
  readonly scope: Scope;
  readonly context: EventContext;
  readonly tree: ProcessTree;
  readonly pipes: PipeJoiner;
  readonly losses: LossLedger;
  readonly emitter: Emitter;
  /** For containers whose cgroup has no id in its name. */
  readonly ownerOfCgroup: (path: string) => ContainerRef | undefined;
}

/** Takes a frame of any kind but the loader's own reports. Never throws. */
export function createPipeline(parts: PipelineParts): (frame: Frame) => void {
  const byKind = new Map(parts.probes.map((probe) => [probe.recordKind, probe]));
  return ({ kind, payload }) => {
    const probe = byKind.get(kind);
    try {
      if (!probe) throw new Error('record of an unknown kind');
      take(parts, probe.decode(payload));
    } catch (error) {
      const place = { stage: 'decode', kind: probe?.eventKind ?? 'unknown' } as const;
      parts.losses.add({ ...place, reason: errorText(error).slice(0, 128) }, 1);
    }
  };
}

function take(parts: PipelineParts, record: ProbeRecord): void {
  switch (record.kind) {
    case 'process-exec':
      takeExec(parts, record);
      break;
    case 'process-exit':
      takeExit(parts, record);
      break;
    case 'file-open':
      takeOpen(parts, record);
      break;
  }
}

function takeExec(parts: PipelineParts, record: ProcessExec): void {
  const { tree, pipes, emitter, context } = parts;
  const { cgroup, container } = placeOf(parts, record);
  if (isOutside(parts, record, container)) return;
  const ancestors = tree.ancestors(record.ancestors);
  const program = programOf(record, cgroup);
  const { pid, startNs } = record.identity;
  tree.put({ pid, startTicks: startNs / nsPerTick, program, ...(container ? { container } : {}) });
  emitter.emit(toStarted(context, record, { program, ancestors, pipes: pipes.join(record) }), container);
}

type Placed = Pick<ProcessExec, 'identity' | 'ancestors' | 'cgroups'>;

interface Place {
  readonly cgroup: CgroupRecord | undefined;
  readonly container: ContainerRef | undefined;
}

function placeOf(parts: PipelineParts, record: Placed): Place {
  const cgroup = record.cgroups.find(({ path }) => containerOfCgroup(path)) ?? record.cgroups[0];
  return { cgroup, container: containerOf(parts, record, cgroup) ?? inheritedContainer(parts.tree, record) };
}

/** The kernel also tells of host services with a mount namespace of their own. */
const isOutside = (
  { scope }: PipelineParts,
  { identity }: Pick<Placed, 'identity'>,
  container: ContainerRef | undefined,
): boolean => scope.kind === 'containers' && !container && identity.pidNsLevel === 0;

function containerOf(
  { ownerOfCgroup }: PipelineParts,
  { identity }: Placed,
  cgroup: CgroupRecord | undefined,
): ContainerRef | undefined {
  if (!cgroup) return undefined;
  const isApart = identity.pidNsLevel > 0 || identity.namespaces['mnt'] !== identity.hostMountNamespace;
  return containerOfCgroup(cgroup.path) ?? (isApart ? ownerOfCgroup(cgroup.path) : undefined);
}

/** A process that leaves its container's cgroup has still come out of that container. */
function inheritedContainer(tree: ProcessTree, { identity, ancestors }: Placed): ContainerRef | undefined {
  const own = tree.get(identity.pid, identity.startNs)?.container;
  if (own) return own;
  for (const { pid, startNs } of ancestors) {
    const entry = tree.get(pid, startNs);
    if (entry) return entry.container;
  }
  return undefined;
}

function takeExit(parts: PipelineParts, record: ProcessExit): void {
  const { tree, emitter, losses, context } = parts;
  const { pid, startNs } = record.identity;
  const entry = tree.remove(pid, startNs);
  if (entry === 'told-before') return;
  if (entry === 'unknown') {
    const place = { stage: 'process-tree', kind: 'process.exited', reason: 'start not seen' } as const;
    if (!isOutside(parts, record, undefined)) losses.add(place, 1);
    return;
  }
  if (isOutside(parts, record, entry.container)) return;
  emitter.emit(toExited(context, record, entry), entry.container);
}

/** What a process runs that never called exec is told by the nearest ancestor that did. */
function takeOpen(parts: PipelineParts, record: FileOpen): void {
  const { tree, emitter, context } = parts;
  const { cgroup, container } = placeOf(parts, record);
  if (isOutside(parts, record, container)) return;
  const program = openerOf(record, tree.programOf(record), cgroup);
  const ancestors = tree.ancestors(record.ancestors);
  emitter.emit(toOpened(context, record, { program, ancestors }), container);
}

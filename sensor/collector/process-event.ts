// From a decoded record to an event of the contracts.
import type { Ancestor, Container, FileOpened, ProcessExited, ProcessStarted } from '@yagura/contracts';
import type { Identity, RecordHeader } from '../bpf/record.ts';
import type { FileOpen } from '../probes/file-open/decode.ts';
import type { ProcessExec } from '../probes/process-exec/decode.ts';
import type { ProcessExit } from '../probes/process-exit/decode.ts';
import type { ContainerRef } from './container-id.ts';
import type { ContainerFacts } from './facts/container-facts.ts';
import type { PipeEnds } from './pipe-joiner.ts';
import type { Program, TreeEntry } from './process-tree.ts';
import type { WallClock } from './wall-clock.ts';

const argsMax = 512;
const argLengthMax = 4096;
const pathLengthMax = 4096;

export interface EventContext {
  readonly bootId: string;
  readonly node: string;
  readonly cluster?: string;
  readonly clock: WallClock;
}

/** The hierarchy in which the process has a container, else the first; the v2 one comes first. */
export function programOf(record: ProcessExec, cgroup: { id: bigint; path: string } | undefined): Program {
  const args = record.args.slice(0, argsMax).map((arg) => arg.slice(0, argLengthMax));
  const isCut = record.args.length > argsMax || record.args.some((arg) => arg.length > argLengthMax);
  const [stdin, stdout, stderr] = record.streams;
  return {
    executable: { ...record.executable, path: record.executable.path.slice(0, pathLengthMax) },
    args,
    argsCut: record.argsCut || isCut,
    cwd: record.cwd.slice(0, pathLengthMax),
    tty: record.tty,
    ...cgroupOf(cgroup),
    stdin,
    stdout,
    stderr,
  };
}

/** `known`: what its exec told. Of a process that nobody has seen start the arguments are missing, and said to be. */
export function openerOf(
  { executable }: FileOpen,
  known: Program | undefined,
  cgroup: { id: bigint; path: string } | undefined,
): Program {
  const file = { ...executable, path: executable.path.slice(0, pathLengthMax) };
  const { cgroupId, cgroupPath } = cgroupOf(cgroup);
  return { args: [], argsCut: true, ...known, executable: file, cgroupId, cgroupPath };
}

const cgroupOf = (cgroup: { id: bigint; path: string } | undefined) => ({
  cgroupId: (cgroup?.id ?? 0n).toString(),
  cgroupPath: (cgroup?.path ?? '/').slice(0, pathLengthMax),
});

export function toStarted(
  context: EventContext,
  record: ProcessExec,
  {
    program,
    ancestors,
    pipes,
  }: { program: Program; ancestors: ProcessStarted['ancestors']; pipes: PipeEnds },
): ProcessStarted {
  return {
    kind: 'process.started',
    ...base(context, 'exec', record),
    process: { ...identityOf(context, record.identity), ...program, ...pipes },
    ...(ancestors ? { ancestors } : {}),
  };
}

export function toExited(context: EventContext, record: ProcessExit, { program }: TreeEntry): ProcessExited {
  return {
    kind: 'process.exited',
    ...base(context, 'exit', record),
    process: { ...identityOf(context, record.identity), ...program },
    exit: { code: record.code, ...(record.signal === 0 ? {} : { signal: record.signal }) },
  };
}

export function toOpened(
  context: EventContext,
  record: FileOpen,
  { program, ancestors }: { program: Program; ancestors: readonly Ancestor[] },
): FileOpened {
  const { path, inode, upperLayer } = record.file;
  return {
    kind: 'file.opened',
    // Threads may open files at the same moment.
    ...base(context, `open.${record.identity.tid}`, record),
    process: { ...identityOf(context, record.identity), ...program },
    ancestors: [...ancestors],
    file: {
      path: path.slice(0, pathLengthMax),
      ...(inode === undefined ? {} : { inode }),
      upperLayer,
      read: record.read,
      write: record.write,
      created: record.created,
      call: record.call,
      descriptor: record.number,
      ...(record.repeats === 0 ? {} : { repeats: record.repeats }),
    },
  };
}

/** Stable: the same record read twice gives the same id. */
function base(
  { bootId, node, cluster, clock }: EventContext,
  what: string,
  { timeNs, identity }: RecordHeader,
): { id: string; time: string; node: string; cluster?: string } {
  return {
    id: `${bootId}-${what}-${identity.pid}-${timeNs}`,
    time: clock.toDate(timeNs),
    node,
    ...(cluster === undefined ? {} : { cluster }),
  };
}

function identityOf({ clock }: EventContext, identity: Identity) {
  const { pid, tid, ppid, nsPid, uid, gid, name, capabilities, namespaces, startNs } = identity;
  return {
    pid,
    tid,
    ppid,
    nsPid,
    uid,
    gid,
    name,
    capabilities,
    namespaces,
    startedAt: clock.toDate(startNs),
  };
}

/** What goes into an event: all facts, or at least the id. */
export function containerFields(
  ref: ContainerRef,
  facts: ContainerFacts | undefined,
): { readonly container: Container; readonly pod?: NonNullable<ProcessStarted['pod']> } {
  if (facts) return { container: facts.container, ...(facts.pod ? { pod: facts.pod } : {}) };
  return { container: { id: ref.id, ...(ref.runtime ? { runtime: ref.runtime } : {}) } };
}

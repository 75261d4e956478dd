// Node events about processes, as the eBPF sensor reports them.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';
import { Container, Pod } from './container.ts';

const Text = (maxLength: number) => Type.String({ maxLength });

/** What a standard stream of a process is connected to at the moment of exec, read from the kernel's file table. */
export const Stream = Type.Object({
  type: literals(['file', 'pipe', 'socket', 'tty', 'null', 'closed', 'other']),
  inode: Type.Optional(Type.Integer({ minimum: 0 })),
  peer: Type.Optional(
    Type.String({ maxLength: 64, description: 'remote address:port of an internet socket' }),
  ),
});
export type Stream = Static<typeof Stream>;

/** One ancestor, nearest first. */
export const Ancestor = Type.Object({
  pid: Type.Integer(),
  nsPid: Type.Optional(Type.Integer({ minimum: 0, description: 'pid inside its own pid namespace' })),
  name: Text(64),
  path: Type.Optional(Text(4096)),
  args: Type.Optional(Type.Array(Text(4096), { maxItems: 64 })),
});
export type Ancestor = Static<typeof Ancestor>;

export const Executable = Type.Object({
  path: Text(4096),
  inode: Type.Optional(Type.Integer({ minimum: 0 })),
  upperLayer: Type.Boolean({
    description: 'the file lies in the writable upper layer of an overlayfs: it is not part of the image',
  }),
  memfd: Type.Optional(Type.Boolean({ description: 'run from memory, no file behind it' })),
});
export type Executable = Static<typeof Executable>;

/** Ids are those of the initial namespaces unless `nsPid` says otherwise. */
export const Process = Type.Object({
  pid: Type.Integer({ minimum: 0 }),
  tid: Type.Integer({ minimum: 0 }),
  ppid: Type.Integer({ minimum: 0 }),
  nsPid: Type.Optional(
    Type.Integer({ minimum: 0, description: "pid inside the process's own pid namespace" }),
  ),
  uid: Type.Integer({ minimum: 0 }),
  gid: Type.Integer({ minimum: 0 }),
  name: Text(64),
  executable: Executable,
  args: Type.Array(Text(4096), { maxItems: 512, description: 'argv, from 0' }),
  argsCut: Type.Boolean({ description: 'the argument area was longer than what was kept' }),
  cwd: Type.Optional(Text(4096)),
  tty: Type.Optional(Type.Integer({ minimum: 0, description: 'device number of the terminal; 0 for none' })),
  capabilities: Type.String({ maxLength: 16, description: 'effective set, hexadecimal' }),
  cgroupId: Type.String({ maxLength: 20, description: 'decimal; larger than 2^53 on some kernels' }),
  cgroupPath: Type.Optional(Text(4096)),
  namespaces: Type.Record(Type.String(), Type.Integer(), {
    description: 'mnt, pid, net, user … → inode number',
  }),
  startedAt: Type.Optional(Text(40)),
  stdin: Type.Optional(Stream),
  stdout: Type.Optional(Stream),
  stderr: Type.Optional(Stream),
  pipedFrom: Type.Optional(Text(64)),
  pipedTo: Type.Optional(Text(64)),
});
export type Process = Static<typeof Process>;

/** What every event of a node tells beside its own. */
export const nodeCommon = {
  id: Type.String({
    minLength: 1,
    maxLength: 256,
    description: 'unique and stable: a repeated event has the same id',
  }),
  time: Type.String({ maxLength: 40, description: 'RFC 3339, UTC, up to nanoseconds' }),
  node: Type.Optional(Text(253)),
  cluster: Type.Optional(Text(253)),
  container: Type.Optional(Container),
  pod: Type.Optional(Pod),
  process: Process,
  ancestors: Type.Optional(Type.Array(Ancestor, { maxItems: 16 })),
};

export const ProcessStarted = Type.Object({ kind: Type.Literal('process.started'), ...nodeCommon });
export type ProcessStarted = Static<typeof ProcessStarted>;

export const ProcessExited = Type.Object({
  kind: Type.Literal('process.exited'),
  ...nodeCommon,
  exit: Type.Object({
    code: Type.Integer(),
    signal: Type.Optional(Type.Integer()),
  }),
});
export type ProcessExited = Static<typeof ProcessExited>;

// The collector's settings.
import Type, { type Static } from 'typebox';
import { defaultCriSockets } from './facts/cri.ts';
import { defaultRuncRoots } from './facts/runc-state.ts';

export const environmentPrefix = 'YAGURA_COLLECTOR_';

export const Settings = Type.Object({
  socket: Type.Optional(Type.String({ description: "the publisher's socket" })),
  out: Type.Optional(Type.String({ description: 'record events as NDJSON into this file, or - for stdout' })),
  scope: Type.String({ default: 'containers', description: 'node, containers or cgroup:PREFIX' }),
  watchFiles: Type.Array(Type.String(), {
    default: [],
    description: 'more files whose opens are reported: ends of paths such as etc/myapp/*',
  }),
  fileOpens: Type.Boolean({ default: true, description: 'report opens of watched files' }),
  node: Type.Optional(
    Type.String({ description: "name of this node in events; the host's name if not given" }),
  ),
  cluster: Type.Optional(Type.String({ description: 'name of the cluster in events' })),
  loader: Type.Optional(Type.String({ description: 'the loader program, with the objects beside it' })),
  ringBytes: Type.Integer({ default: 4 * 1024 * 1024, description: 'ring buffer, a power of two' }),
  factsWaitMs: Type.Integer({
    default: 50,
    minimum: 0,
    description: 'how long an event waits for container facts',
  }),
  criSocket: Type.Array(Type.String(), {
    default: [...defaultCriSockets],
    description: 'sockets of container runtimes',
  }),
  runcRoot: Type.Array(Type.String(), {
    default: [...defaultRuncRoots],
    description: "runc's state folders",
  }),
  reportEveryMs: Type.Integer({ default: 5000, minimum: 100, description: 'how often it reports on itself' }),
});
export type Settings = Static<typeof Settings>;

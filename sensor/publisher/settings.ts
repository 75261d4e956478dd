// What the publisher can be told by flags, environment and file.
import Type, { type Static } from 'typebox';

export const environmentPrefix = 'YAGURA_PUBLISHER_';
export const tokenVariable = 'YAGURA_REGISTRATION_TOKEN';

export const Settings = Type.Object({
  hub: Type.String({
    pattern: '^https://',
    description: "the hub's port for agents, such as https://hub:7443",
  }),
  authority: Type.String({ description: "PEM file with the hub's certificate authority" }),
  workspace: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'id of the workspace to register with',
  }),
  data: Type.String({ description: 'folder for the key, the certificate and the spool' }),
  socket: Type.String({ description: 'path of the Unix socket that the collector connects to' }),
  socketMode: Type.String({
    default: '0600',
    pattern: '^0[0-7]{3}$',
    description: 'permissions of the socket; 0660 lets a collector in that is in the same group',
  }),
  name: Type.String({
    minLength: 1,
    maxLength: 253,
    pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
    description: 'name of this node',
  }),
  cluster: Type.Optional(
    Type.String({ minLength: 1, maxLength: 253, description: 'cluster that the node is in' }),
  ),
  tokenFile: Type.Optional(
    Type.String({ description: `file with the registration token, else ${tokenVariable}` }),
  ),
  registrationSpreadMs: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 3_600_000,
      description:
        'a first registration waits up to so long by chance, so that nodes do not all come at once',
    }),
  ),
  proxy: Type.Optional(
    Type.String({ pattern: '^http://', description: 'HTTP proxy on the way to the hub, http://host:port' }),
  ),
  spoolLimitBytes: Type.Integer({
    default: 256 * 1024 * 1024,
    minimum: 1024 * 1024,
    description: 'how much is kept while the hub is away; then the oldest is dropped and counted',
  }),
  lingerMs: Type.Integer({
    default: 50,
    minimum: 0,
    maximum: 10_000,
    description: 'how long an event waits for others',
  }),
  heartbeatMs: Type.Integer({
    default: 10_000,
    minimum: 100,
    maximum: 300_000,
    description: 'between heartbeats',
  }),
});
export type Settings = Static<typeof Settings>;

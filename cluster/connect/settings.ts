// What the connect agent can be told by flags, environment and file.
import { ClusterRoleName, readerRole } from '@yagura/contracts';
import Type, { type Static } from 'typebox';

export const environmentPrefix = 'YAGURA_CONNECT_';
export const tokenVariable = 'YAGURA_REGISTRATION_TOKEN';

/** Where Kubernetes puts what a pod needs to reach its API server. */
const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

const objectName = '[a-z0-9]([a-z0-9.-]*[a-z0-9])?';

export const Settings = Type.Object({
  hub: Type.String({
    pattern: '^https://',
    description: "the hub's port for agents, such as https://hub:7443",
  }),
  authority: Type.String({ description: "PEM file with the hub's certificate authority" }),
  workspace: Type.String({ minLength: 1, maxLength: 64, description: 'id of the workspace' }),
  cluster: Type.String({
    minLength: 1,
    maxLength: 253,
    pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
    description: 'name of this cluster in the hub',
  }),
  data: Type.Optional(Type.String({ description: 'folder for the key and the certificate' })),
  identitySecret: Type.Optional(
    Type.String({
      pattern: `^${objectName}/${objectName}$`,
      description: 'namespace/name of a Secret for the key and the certificate, instead of --data',
    }),
  ),
  tokenFile: Type.Optional(
    Type.String({ description: `file with the registration token, else ${tokenVariable}` }),
  ),
  proxy: Type.Optional(
    Type.String({
      pattern: '^http://',
      description: 'HTTP proxy on the way to the hub, http://host:port; else HTTPS_PROXY',
    }),
  ),
  roles: Type.Array(ClusterRoleName, {
    default: [readerRole],
    maxItems: 32,
    description: "role that the hub's requests may be carried under",
  }),
  apiServer: Type.Optional(
    Type.String({ pattern: '^https://', description: "the API server; the pod's own unless told" }),
  ),
  apiServerAuthority: Type.String({
    default: `${serviceAccountFolder}/ca.crt`,
    description: 'PEM file with its certificate authority',
  }),
  apiServerTokenFile: Type.String({
    default: `${serviceAccountFolder}/token`,
    description: "file with this service account's token, read again when it changes",
  }),
  extensionNamespace: Type.Optional(
    Type.String({
      pattern: `^${objectName}$`,
      description: 'namespace that the owner lets extensions be installed in; none are unless told',
    }),
  ),
  extensionValues: Type.Optional(
    Type.String({
      description: "YAML file with the owner's values, by extension; they count more than the hub's",
    }),
  ),
  extensionTimeoutMs: Type.Integer({
    default: 600_000,
    minimum: 1000,
    maximum: 3_600_000,
    description: 'how long an extension may take to be ready',
  }),
  extensionAskMs: Type.Integer({
    default: 30_000,
    minimum: 100,
    maximum: 60_000,
    description: 'between two questions to the hub for extensions, where it does not ring',
  }),
  helm: Type.String({ default: 'helm', description: 'the Helm 4 that installs extensions' }),
  charts: Type.String({ default: 'deploy/chart', description: 'folder with the charts of extensions' }),
  heartbeatMs: Type.Integer({
    default: 30_000,
    minimum: 100,
    maximum: 300_000,
    description: 'between heartbeats',
  }),
});
export type Settings = Static<typeof Settings>;

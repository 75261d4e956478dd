// The agent's pod and what it is given: settings, token, a place for its identity, a network policy. The chart has the same
// pod, and a test holds them equal: what is changed here is changed in deploy/chart/yagura/templates/connect, too.
import { isIP } from 'node:net';
import { stringify } from 'yaml';
import { identitySecret } from './access-objects.ts';
import { extensionNamespace } from './extension-objects.ts';
import { agentName, type KubeObject, kubeObject, labels } from './kube-object.ts';
import type { OwnerValues } from './owner-values.ts';

export interface AgentWish {
  readonly namespace: string;
  readonly image: string;
  readonly hub: string;
  /** PEM of the hub's authority. */
  readonly authority: string;
  readonly workspace: string;
  readonly cluster: string;
  readonly roles: readonly string[];
  readonly proxy?: string | undefined;
  /** The owner's values for extensions, where he lets them be installed. */
  readonly extensions?: OwnerValues | undefined;
}

const tokenSecret = `${agentName}-token`;

/** The one object that holds a secret: with it whoever reads it registers as this cluster, once. */
export const tokenObject = (namespace: string, token: string): KubeObject =>
  kubeObject(['v1', 'Secret'], [tokenSecret, namespace], { type: 'Opaque', stringData: { token } });

export const agentObjects = (wish: AgentWish): readonly KubeObject[] => [
  kubeObject(['v1', 'ConfigMap'], [agentName, wish.namespace], {
    data: { 'authority.pem': wish.authority },
  }),
  ...(wish.extensions === undefined
    ? []
    : [
        kubeObject(['v1', 'ConfigMap'], [extensionSettings, wish.namespace], {
          data: { 'values.yaml': stringify(wish.extensions) },
        }),
      ]),
  // Empty: the agent fills it. Applying this again leaves in it what is there.
  kubeObject(['v1', 'Secret'], [identitySecret, wish.namespace], { type: 'Opaque' }),
  kubeObject(['networking.k8s.io/v1', 'NetworkPolicy'], [agentName, wish.namespace], {
    spec: networkPolicy(wish),
  }),
  kubeObject(['apps/v1', 'Deployment'], [agentName, wish.namespace], {
    spec: {
      replicas: 1,
      // Two at once would take the tunnel from each other.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: { 'app.kubernetes.io/name': agentName } },
      template: { metadata: { labels }, spec: podSpec(wish) },
    },
  }),
];

/** Nothing comes in. Out: the hub or the proxy before it, by name or address, and API servers. */
const networkPolicy = ({ hub, proxy }: AgentWish): object => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/name': agentName } },
  policyTypes: ['Ingress', 'Egress'],
  egress: [...egressTo(new URL(proxy ?? hub)), { ports: [tcp(443), tcp(6443)] }],
});

const tcp = (port: number): object => ({ protocol: 'TCP', port });

/** What is named by its address needs no other address, and no name service. */
function egressTo({ protocol, hostname, port }: URL): readonly object[] {
  const ports = [tcp(Number(port || (protocol === 'https:' ? 443 : 80)))];
  const address = hostname.replaceAll(/[[\]]/g, '');
  const version = isIP(address);
  if (version === 0) return [{ ports }, { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] }];
  return [{ ports, to: [{ ipBlock: { cidr: `${address}/${version === 4 ? 32 : 128}` } }] }];
}

const authorityFolder = '/etc/yagura/authority';
const tokenFolder = '/etc/yagura/registration';
const extensionFolder = '/etc/yagura/extensions';
const extensionSettings = `${agentName}-extensions`;

const resources = { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '100m', memory: '128Mi' } };
/** Helm runs beside the agent, now and then. */
const resourcesWithHelm = {
  requests: { cpu: '10m', memory: '64Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
};

function podSpec(wish: AgentWish): object {
  return {
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    serviceAccountName: agentName,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'connect',
        image: wish.image,
        imagePullPolicy: 'IfNotPresent',
        args: argsOf(wish),
        resources: wish.extensions === undefined ? resources : resourcesWithHelm,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          runAsGroup: 65532,
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'authority', mountPath: authorityFolder, readOnly: true },
          { name: 'registration', mountPath: tokenFolder, readOnly: true },
          ...(wish.extensions === undefined
            ? []
            : [
                { name: 'extensions', mountPath: extensionFolder, readOnly: true },
                { name: 'temporary', mountPath: '/tmp' },
              ]),
        ],
      },
    ],
    volumes: [
      { name: 'authority', configMap: { name: agentName } },
      // It may be deleted once the cluster is connected.
      { name: 'registration', secret: { secretName: tokenSecret, optional: true } },
      ...(wish.extensions === undefined
        ? []
        : [
            { name: 'extensions', configMap: { name: extensionSettings } },
            { name: 'temporary', emptyDir: { sizeLimit: '64Mi' } },
          ]),
    ],
  };
}

const argsOf = (wish: AgentWish): readonly string[] => {
  const { namespace, hub, workspace, cluster, roles, proxy, extensions } = wish;
  return [
    ...['--hub', hub, '--authority', `${authorityFolder}/authority.pem`],
    ...['--workspace', workspace, '--cluster', cluster],
    ...['--identity-secret', `${namespace}/${identitySecret}`, '--token-file', `${tokenFolder}/token`],
    ...roles.flatMap((role) => ['--roles', role]),
    ...(proxy === undefined ? [] : ['--proxy', proxy]),
    ...(extensions === undefined
      ? []
      : [
          ...['--extension-namespace', extensionNamespace],
          ...['--extension-values', `${extensionFolder}/values.yaml`],
        ]),
    ...['--log-level', 'info'],
  ];
};

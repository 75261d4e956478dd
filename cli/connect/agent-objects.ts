// The agent's pod and what it is given: settings, token, a place for its identity, a network policy.
import { identitySecret } from './access-objects.ts';
import { agentName, type KubeObject, kubeObject, labels } from './kube-object.ts';

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
}

const tokenSecret = `${agentName}-token`;

/** The one object that holds a secret: with it whoever reads it registers as this cluster, once. */
export const tokenObject = (namespace: string, token: string): KubeObject =>
  kubeObject(['v1', 'Secret'], [tokenSecret, namespace], { type: 'Opaque', stringData: { token } });

export const agentObjects = (wish: AgentWish): readonly KubeObject[] => [
  kubeObject(['v1', 'ConfigMap'], [agentName, wish.namespace], { data: { 'hub.pem': wish.authority } }),
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

const portOf = (url: string): number => Number(new URL(url).port || (url.startsWith('https:') ? 443 : 80));

/** Nothing comes in. Out: DNS, the hub or the proxy before it, API servers. */
function networkPolicy({ hub, proxy }: AgentWish): object {
  const tcp = [...new Set([portOf(proxy ?? hub), 443, 6443, 53])].map((port) => ({ protocol: 'TCP', port }));
  return {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': agentName } },
    policyTypes: ['Ingress', 'Egress'],
    egress: [{ ports: [...tcp, { protocol: 'UDP', port: 53 }] }],
  };
}

const settingsFolder = '/etc/yagura';
const tokenFolder = '/run/yagura';

function podSpec(wish: AgentWish): object {
  return {
    serviceAccountName: agentName,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'connect',
        image: wish.image,
        args: argsOf(wish),
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '100m', memory: '128Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'settings', mountPath: settingsFolder, readOnly: true },
          { name: 'token', mountPath: tokenFolder, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'settings', configMap: { name: agentName } },
      // It may be deleted once the cluster is connected.
      { name: 'token', secret: { secretName: tokenSecret, optional: true } },
    ],
  };
}

const argsOf = ({ namespace, hub, workspace, cluster, roles, proxy }: AgentWish): readonly string[] => [
  ...['--hub', hub, '--authority', `${settingsFolder}/hub.pem`],
  ...['--workspace', workspace, '--cluster', cluster],
  ...['--identity-secret', `${namespace}/${identitySecret}`, '--token-file', `${tokenFolder}/token`],
  ...roles.flatMap((role) => ['--roles', role]),
  ...(proxy === undefined ? [] : ['--proxy', proxy]),
];

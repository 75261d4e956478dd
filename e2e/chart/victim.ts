// A workload that is attacked, and what its service account may: too much, as is found in the field.
import { busyboxImage, type Cluster, type KubeObject } from '../cluster/index.ts';
import { findProgram } from '../cluster/programs/build.ts';
import { controlPlanePrograms } from '../cluster/programs/list.ts';

export const container = {
  ...{ name: 'main', image: busyboxImage, imagePullPolicy: 'Never', command: ['sleep', '1000'] },
};
const rbac = 'rbac.authorization.k8s.io';
const metadata = { name: 'web', namespace: 'shop' };
const greedy = { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: 'greedy' } };

/** An attacker would download it; there is no way out of the tests' cluster. */
const kubectlVolume = (): object => {
  const program = controlPlanePrograms.find(({ name }) => name === 'kubectl');
  return { name: 'kubectl', hostPath: { path: program && findProgram(program), type: 'File' } };
};

/** Once kubectl is built. */
export const victim = (): readonly KubeObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  {
    ...greedy,
    rules: [
      { apiGroups: [''], resources: ['secrets'], verbs: ['list'] },
      { apiGroups: [rbac], resources: ['clusterrolebindings'], verbs: ['create'] },
      { apiGroups: [rbac], resources: ['clusterroles'], verbs: ['bind'], resourceNames: ['cluster-admin'] },
    ],
  },
  {
    ...{ apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'greedy' } },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'greedy' },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  },
  {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          serviceAccountName: 'web',
          terminationGracePeriodSeconds: 0,
          containers: [
            {
              ...container,
              volumeMounts: [{ name: 'kubectl', mountPath: '/usr/bin/kubectl', readOnly: true }],
            },
          ],
          volumes: [kubectlVolume()],
        },
      },
    },
  },
];

export const inVictim = (cluster: Cluster, ...command: readonly string[]): Promise<string> =>
  cluster.kubectl(['exec', '-n', 'shop', 'deploy/web', '--', ...command]);

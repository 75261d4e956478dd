// Which programs a cluster is made of that are built here, and from what.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Group = 'binaries' | 'helm' | 'policies';

export interface Program {
  readonly name: string;
  /** Its Go package. */
  readonly package: string;
  /** Which go.mod pins it. */
  readonly module: Group;
}

const kubernetes = (name: string): Program => ({
  name,
  package: `k8s.io/kubernetes/cmd/${name}`,
  module: 'binaries',
});

export const controlPlanePrograms: readonly Program[] = [
  { name: 'etcd', package: 'go.etcd.io/etcd/server/v3', module: 'binaries' },
  kubernetes('kube-apiserver'),
  kubernetes('kube-controller-manager'),
  kubernetes('kubectl'),
];

export const nodePrograms: readonly Program[] = [
  kubernetes('kube-scheduler'),
  kubernetes('kubelet'),
  kubernetes('kube-proxy'),
  { name: 'enforce-policies', package: '.', module: 'policies' },
];

export const helm: Program = { name: 'helm', package: 'helm.sh/helm/v4/cmd/helm', module: 'helm' };

const moduleFolders = {
  binaries: '../binaries/',
  // The one that is shipped.
  helm: '../../../deploy/images/helm/',
  policies: '../policies/',
} as const satisfies Record<Group, string>;

export const moduleFolder = (group: Group): string =>
  fileURLToPath(new URL(moduleFolders[group], import.meta.url));

export const kubernetesVersion = (): string => {
  const text = readFileSync(`${moduleFolder('binaries')}go.mod`, 'utf8');
  const version = /k8s\.io\/kubernetes (v\S+)/.exec(text)?.[1];
  if (version === undefined) throw new Error('e2e/cluster/binaries/go.mod names no k8s.io/kubernetes');
  return version;
};

/** Without a version of their own the programs call themselves v0.0.0-master and refuse each other. */
export const linkerFlags = (group: Group): string => {
  if (group !== 'binaries') return '-s -w';
  const version = kubernetesVersion();
  const [major = '', minor = ''] = version.slice(1).split('.');
  const values = {
    'k8s.io/component-base/version.gitVersion': version,
    'k8s.io/component-base/version.gitMajor': major,
    'k8s.io/component-base/version.gitMinor': minor,
    'k8s.io/client-go/pkg/version.gitVersion': version,
  };
  return ['-s -w', ...Object.entries(values).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
};

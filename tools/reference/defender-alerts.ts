// The alerts of Microsoft Defender for Containers that are seen at the control plane, and what is still missing for one.

export interface DefenderAlert {
  readonly id: string;
  readonly meaning: string;
  /** The signal without which no rule, or only a part of one, can be. */
  readonly waitsFor?: string;
}

export const defenderAlerts: readonly DefenderAlert[] = [
  {
    id: 'K8S_ExposedPostgresTrustAuth',
    meaning: 'Postgres that lets anyone in without a password, behind a load balancer',
    waitsFor: 'configuration snapshots, to join a service with pods and config maps that were there before',
  },
  {
    id: 'K8S_ExposedPostgresBroadIPRange',
    meaning: 'Postgres behind a load balancer that is open to a very wide range of addresses',
    waitsFor: 'configuration snapshots, to know the images behind a service whose port is not 5432',
  },
  {
    id: 'K8S_AbnormalMiActivity',
    meaning: 'the managed identity of an add-on does what the add-on never does',
    waitsFor: 'the activity log of the cloud',
  },
  { id: 'K8S_ServiceAccountRareOperation', meaning: 'a service account does what it seldom does' },
  { id: 'K8S_SensitiveMount', meaning: 'a new container mounts a sensitive path of its node' },
  { id: 'K8S_CoreDnsModification', meaning: "the configuration of the cluster's DNS was changed" },
  { id: 'K8S_AdmissionController', meaning: 'a new admission webhook' },
  { id: 'K8S_MaliciousContainerImage', meaning: 'a container from an image that is known to mine coins' },
  {
    id: 'K8S_ExposedKubeflow',
    meaning: "Kubeflow's gateway behind a load balancer",
    waitsFor:
      "configuration snapshots, to know whether Kubeflow is installed where the gateway has Istio's own name",
  },
  { id: 'K8S_ExposedDashboard', meaning: 'the Kubernetes dashboard behind a load balancer' },
  {
    id: 'K8S_ExposedService',
    meaning: 'another application that can run code or make pods, reachable from outside',
    waitsFor:
      'configuration snapshots, for services that tell neither by name, label nor port what is behind them',
  },
  {
    id: 'K8S_ExposedRedis',
    meaning: 'Redis behind a load balancer',
    waitsFor: 'configuration snapshots, to know whether it asks for a password',
  },
  { id: 'K8S_TI_Proxy', meaning: 'requests from Tor or another proxy that hides who asks' },
  { id: 'K8S_DeleteEvents', meaning: 'Events were deleted' },
  { id: 'K8S_PenTestToolsKubeHunter', meaning: 'a known scanner for Kubernetes was used' },
  { id: 'K8S_KubeSystemContainer', meaning: 'an unfamiliar container in kube-system' },
  { id: 'K8S_HighPrivilegesRole', meaning: 'a new role with very strong rights' },
  { id: 'K8S_PrivilegedContainer', meaning: 'a new privileged container' },
  { id: 'K8S_ClusterAdminBinding', meaning: 'a binding to cluster-admin was created' },
  {
    id: 'K8S_AnomalousPodDeployment',
    meaning: 'a deployment that is unusual for who made it (retired there)',
  },
  { id: 'K8S_ServiceAcountPermissionAnomaly', meaning: 'unusually many rights were granted (retired there)' },
  { id: 'K8S_AnomalousSecretAccess', meaning: 'an unusual read of secrets (retired there)' },
];

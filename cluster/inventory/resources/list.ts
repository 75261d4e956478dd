// The one list of resources that the inventory tells, in the order in which they are listed.
import { ingresses } from './ingresses.ts';
import { namespaces } from './namespaces.ts';
import { networkPolicies } from './network-policies.ts';
import { nodes } from './nodes.ts';
import { pods } from './pods.ts';
import type { Resource } from './resource.ts';
import { clusterRoleBindings, clusterRoles, roleBindings, roles } from './roles.ts';
import { configMaps, secrets } from './secrets.ts';
import { serviceAccounts } from './service-accounts.ts';
import { services } from './services.ts';
import { cronJobs, daemonSets, deployments, jobs, statefulSets } from './workloads.ts';

/** Pods first: alerts are filled in from them. */
export const resources: readonly Resource[] = [
  pods,
  ...[deployments, daemonSets, statefulSets, cronJobs, jobs],
  ...[nodes, namespaces, services, ingresses, networkPolicies],
  ...[serviceAccounts, roles, clusterRoles, roleBindings, clusterRoleBindings],
  ...[configMaps, secrets],
];

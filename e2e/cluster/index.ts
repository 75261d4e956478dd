// What tests use of the real cluster.
export { Cluster, type KubeObject } from './cluster.ts';
export { busyboxImage } from './images/busybox.ts';
export type { Image } from './images/image-file.ts';
export { ApiError } from './objects/api-client.ts';
export { type Simulation, simulateNodes } from './objects/simulate-nodes.ts';
export type { AuditOptions } from './parts/audit.ts';
export { helm } from './programs/list.ts';
export { whyNoCluster, whyNoPolicies } from './requirements.ts';
export { type ClusterOptions, startCluster } from './start.ts';

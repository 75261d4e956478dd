// OpenShift's kind of pod security as its API server would check it: fields, types and what must be there, from its API.
// https://github.com/openshift/api, security/v1
import type { KubeObject } from '../cluster/index.ts';

const bool = { type: 'boolean' };
const texts = { type: 'array', items: { type: 'string' }, nullable: true };
const strategy = { type: 'object', properties: { type: { type: 'string' } }, nullable: true };

const required = {
  ...{ allowHostDirVolumePlugin: bool, allowHostIPC: bool, allowHostNetwork: bool, allowHostPID: bool },
  ...{ allowHostPorts: bool, allowPrivilegedContainer: bool, readOnlyRootFilesystem: bool },
  ...{ allowedCapabilities: texts, defaultAddCapabilities: texts, requiredDropCapabilities: texts },
  ...{ priority: { type: 'integer', format: 'int32', nullable: true }, volumes: texts },
};
const more = {
  ...{ runAsUser: strategy, seLinuxContext: strategy, fsGroup: strategy, supplementalGroups: strategy },
  ...{ allowPrivilegeEscalation: bool, seccompProfiles: texts, users: texts, groups: texts },
};

const group = 'security.openshift.io';
const plural = 'securitycontextconstraints';

export const openShiftKinds: KubeObject = {
  ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  metadata: { name: `${plural}.${group}` },
  spec: {
    ...{ group, scope: 'Cluster' },
    names: { plural, singular: plural, kind: 'SecurityContextConstraints' },
    versions: [
      {
        ...{ name: 'v1', served: true, storage: true },
        schema: {
          openAPIV3Schema: {
            ...{ type: 'object', required: Object.keys(required), properties: { ...required, ...more } },
          },
        },
      },
    ],
  },
};

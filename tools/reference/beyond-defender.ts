// What audit logs show beyond Defender's alerts, the rules on it, and what waits for another signal.

export interface Topic {
  readonly what: string;
  /** Ids of rules. */
  readonly rules: readonly string[];
  /** The signal without which no rule, or only a part of one, can be. */
  readonly waitsFor?: string;
}

export const topics: readonly Topic[] = [
  {
    what: 'tokens of service accounts',
    rules: [
      'service-account-token-requested',
      'long-lived-token-created',
      'long-lived-token-filled',
      'rights-chain',
    ],
  },
  { what: 'impersonation', rules: ['impersonation-used', 'powerful-user-impersonated'] },
  { what: 'kubelets through nodes/proxy', rules: ['kubelet-reached-by-proxy', 'high-privilege-role'] },
  {
    what: 'certificates: asked for and approved',
    rules: ['certificate-approved-by-hand', 'client-certificate-requested', 'powerful-certificate-requested'],
  },
  { what: 'ephemeral containers', rules: ['ephemeral-container'] },
  {
    what: 'webhooks, and what mutates without one: outside, new, weakened',
    rules: ['webhook-to-outside', 'admission-webhook-created', 'webhook-weakened', 'mutating-policy-written'],
  },
  {
    what: 'wildcards, escalate and bind in roles',
    rules: ['wildcard-role', 'high-privilege-role', 'built-in-power-bound', 'rbac-escalation-refused'],
  },
  {
    what: 'anonymous access',
    rules: ['anonymous-request-answered', 'anonymous-probing', 'binding-to-everyone'],
  },
  { what: 'pods into kube-system', rules: ['kube-system-container', 'unfamiliar-static-pod'] },
  {
    what: 'namespaces of the node',
    rules: ['host-network-pod', 'host-pid-or-ipc-pod', 'host-process-container'],
  },
  { what: 'capabilities', rules: ['dangerous-capabilities', 'unconfined-pod'] },
  { what: 'node ports', rules: ['node-port-service'] },
  {
    what: 'who is who on EKS: aws-auth and access entries',
    rules: ['aws-auth-changed'],
    waitsFor:
      'CloudTrail, for access entries: EKS keeps them outside of the cluster, and no audit log shows a change',
  },
  { what: 'pod security of namespaces weakened', rules: ['pod-security-weakened'] },
  { what: 'admission policies deleted or weakened', rules: ['admission-policy-weakened'] },
  {
    what: 'secrets enumerated',
    rules: [
      'secrets-read-in-bulk',
      'secrets-read-one-by-one',
      'secret-read-by-new-account',
      'helm-releases-read',
    ],
  },
  {
    what: 'bursts of refusals',
    rules: ['refusals-over-many-resources', 'refusals-over-many-namespaces', 'failed-logins-burst'],
  },
  {
    what: 'from Tor, another country or another network',
    rules: ['anonymising-proxy', 'person-from-new-country', 'service-account-from-new-network'],
  },
  {
    what: 'a service account asks what it may do',
    rules: ['rights-probed-by-workload', 'rights-enumerated', 'own-rights-then-secrets'],
  },
];

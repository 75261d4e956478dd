// What a rule may need of an audit log, and which provider's log lacks it.
import type { AuditProvider } from '../event/audit.ts';

/** Parts of an audit log that are not in every provider's; a rule that cannot do without one says so (`needs:`). */
export const logParts = {
  groups: 'the groups of the user',
  reads: 'get, list and watch requests and requests for no resource at all',
  bodies: 'the objects of requests (level Request or RequestResponse)',
  configs: 'the objects of requests about config maps and secrets',
  events: 'requests about Events',
  impersonation: 'the user as whom a request was made',
  parameters:
    'what stands behind the ? of an address: the command of an exec, selectors, whether it was a dry run',
} as const;
export type LogPart = keyof typeof logParts;
export const logPartNames = Object.keys(logParts) as readonly LogPart[];

export interface LackingPart {
  readonly why: string;
  /** How to get it, when it can be had. */
  readonly mend?: string;
}

const policyOfGoogle =
  "the audit policy, which cannot be changed, follows the one of the Kubernetes project's set-up scripts";

/** Parts that a provider's log lacks as it is delivered, or that have to be asked for. */
export const lackingParts: Readonly<Record<AuditProvider, Partial<Record<LogPart, LackingPart>>>> = {
  kubernetes: {
    bodies: { why: 'the audit policy writes Metadata only', mend: 'write RequestResponse' },
    configs: { why: 'the audit policy writes Metadata only', mend: 'write Request for config maps' },
    events: { why: 'the audit policy leaves Events out', mend: 'write Metadata for deletions of Events' },
  },
  aks: {
    reads: {
      why: 'the category kube-audit-admin leaves get and list out',
      mend: 'send the category kube-audit',
    },
  },
  eks: {
    configs: { why: `config maps other than aws-auth are written at Metadata: ${policyOfGoogle}` },
    events: { why: `requests about Events are left out: ${policyOfGoogle}` },
  },
  gke: {
    groups: { why: 'Cloud Audit Logs carry no groups' },
    impersonation: { why: 'Cloud Audit Logs are not documented to name whom a user impersonates' },
    parameters: { why: 'Cloud Audit Logs name the resource, and no address' },
    reads: {
      why: 'reads are Data Access logs, which are off',
      mend: 'enable Data Access logs of the Kubernetes Engine API',
    },
    configs: { why: `config maps and secrets are written at Metadata: ${policyOfGoogle}` },
    events: { why: `requests about Events are left out: ${policyOfGoogle}` },
  },
};

// What an alert saw: who did it, through what, to which resource, as OCSF objects.
import type { ExportedAlert } from '../alert-format.ts';
import { at, known } from '../outside-value.ts';
import { type AuditEvidence, auditEvidence } from './audit-evidence.ts';
import { type ProcessEvidence, processEvidence } from './process-evidence.ts';

export interface OcsfEvidence {
  readonly actor?: object | undefined;
  readonly api?: object | undefined;
  readonly device?: object | undefined;
  readonly resources?: readonly object[] | undefined;
  readonly evidences?: readonly object[] | undefined;
}

type Parts = AuditEvidence & ProcessEvidence;

/** OCSF's device type "server". */
const server = 1;

export function evidenceOf(alert: ExportedAlert): OcsfEvidence {
  const parts: Parts =
    at(alert.event, 'kind') === 'api.requested' ? auditEvidence(alert) : processEvidence(alert);
  const { node, cluster } = alert.entities;
  const device =
    node === undefined
      ? undefined
      : { type_id: server, type: 'Server', hostname: node, ...known({ domain: cluster }) };
  const fields = Object.fromEntries(alert.evidence.map(({ field, value }) => [field, value]));
  const { resources, ...rest } = parts;
  const evidence = known({
    ...rest,
    device,
    resources,
    data: alert.evidence.length > 0 ? fields : undefined,
  });
  const { actor, api } = parts;
  return {
    actor,
    api,
    device,
    resources,
    evidences: evidence === undefined ? undefined : [onlyIfTold(evidence)],
  };
}

/** An evidence must hold more than a container. */
const onlyIfTold = (evidence: object): object =>
  Object.keys(evidence).some((name) => name !== 'container') ? evidence : { ...evidence, data: {} };

// OCSF 1.7 Detection Finding (class 2004), https://schema.ocsf.io/1.7.0/classes/detection_finding
import { type AlertFormat, alertUrl, type FormatInput } from '../alert-format.ts';
import { formatTime } from '../format-time.ts';
import { known } from '../outside-value.ts';
import { attacksOf } from './attacks.ts';
import { evidenceOf } from './evidence.ts';
import { activities, severities, statusOf, verdictOf } from './states.ts';

const ocsfVersion = '1.7.0';
const classUid = 2004;

export const ocsf: AlertFormat = {
  name: 'ocsf',
  contentType: 'application/json',
  write: (input) => JSON.stringify(detectionFinding(input)),
};

function detectionFinding(input: FormatInput): object {
  const { alert, change } = input;
  const [severity_id, severity] = severities[alert.severity];
  const [activity_id, activity_name] = activities[change];
  const [status_id, status] = statusOf(alert);
  const verdict = verdictOf(alert);
  const { actor, api, device, evidences, resources } = evidenceOf(alert);
  return {
    ...{ class_uid: classUid, class_name: 'Detection Finding', category_uid: 2, category_name: 'Findings' },
    ...{ activity_id, activity_name, type_uid: classUid * 100 + activity_id },
    type_name: `Detection Finding: ${activity_name}`,
    ...{ severity_id, severity, status_id, status, is_alert: true },
    ...known({ verdict_id: verdict?.[0], verdict: verdict?.[1], comment: alert.closeComment }),
    // A time that cannot be read is the epoch: a receiver sees that it is none, and the finding is not lost.
    time: formatTime(alert.lastSeenAt) ?? 0,
    ...known({ start_time: formatTime(alert.firstSeenAt), end_time: formatTime(alert.lastSeenAt) }),
    count: alert.count,
    message: alert.message,
    metadata: metadataOf(input),
    finding_info: findingInfo(input),
    ...known({ actor, api, device, evidences, resources }),
    ...known({ remediation: remediationOf(input) }),
    unmapped: unmappedOf(input),
  };
}

const metadataOf = ({ alert, key, product }: FormatInput): object => ({
  version: ocsfVersion,
  uid: key,
  event_code: alert.rule,
  original_time: alert.lastSeenAt,
  product: { name: 'Yagura', vendor_name: 'Yagura', version: product.version },
  ...known({ tenant_uid: product.workspace }),
});

function findingInfo(input: FormatInput): object {
  const { alert } = input;
  return {
    uid: alert.id,
    title: alert.title,
    desc: alert.ruleSnapshot.why ?? alert.message,
    types: [...alert.tactics],
    data_sources: [alert.source],
    analytic: { type_id: 1, type: 'Rule', uid: alert.rule, name: alert.title, version: alert.ruleVersion },
    attacks: attacksOf(alert),
    ...known({
      src_url: alertUrl(input),
      first_seen_time: formatTime(alert.firstSeenAt),
      last_seen_time: formatTime(alert.lastSeenAt),
      created_time: formatTime(alert.raisedAt),
      modified_time: formatTime(alert.closedAt) ?? formatTime(alert.lastSeenAt),
    }),
  };
}

function remediationOf({ alert }: FormatInput): object | undefined {
  const steps = alert.ruleSnapshot.respond ?? [];
  return steps.length === 0 ? undefined : { desc: steps.join('\n') };
}

const unmappedOf = ({ alert, change }: FormatInput): object => ({
  change,
  entities: alert.entities,
  condition: alert.ruleSnapshot.condition,
  ...known({
    benign: alert.ruleSnapshot.benign,
    similar_to: alert.ruleSnapshot.similarTo,
    close_reason: alert.closeReason,
    closed_by: alert.closedBy,
    suppressed_by: alert.suppressedBy,
  }),
});

// The API request that fired the rule: who asked for what, from where, and what the API server answered.
import type { ReactNode } from 'react';
import { CodeBlock } from '../../parts/code-block.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Fold } from '../../parts/fold.tsx';
import { Section } from '../../parts/section.tsx';
import { AbsoluteTime } from '../../parts/time.tsx';
import styles from './audit-request.module.css';
import type { LooseAuditEvent } from './event-shape.ts';

type Request = NonNullable<LooseAuditEvent['request']>;
type Quality = NonNullable<LooseAuditEvent['quality']>;

const qualityWords: Readonly<Record<keyof Quality, string>> = {
  truncated: 'The record was cut; fields may be missing.',
  statusInferred: 'The status code was derived, not logged.',
  noGroups: 'This provider’s log carries no groups.',
  noReads: 'This provider’s log carries no get, list or watch.',
  legacy: 'The record is older than audit.k8s.io/v1.',
  noBody: 'Request and response objects were not logged.',
};

const targetOf = ({ objectRef, requestURI }: Request): string => {
  if (objectRef?.resource === undefined) return requestURI ?? 'unknown';
  const { resource, subresource, apiGroup } = objectRef;
  return `${resource}${subresource ? `/${subresource}` : ''}${apiGroup ? ` (${apiGroup})` : ''}`;
};

const objectOf = ({ objectRef }: Request): string | undefined =>
  objectRef?.name && (objectRef.namespace ? `${objectRef.namespace}/${objectRef.name}` : objectRef.name);

const responseOf = ({ responseStatus }: Request): string | undefined =>
  responseStatus &&
  [responseStatus.code, responseStatus.reason, responseStatus.message]
    .filter((part) => part !== undefined)
    .join(' · ');

const facts = (request: Request, event: LooseAuditEvent): readonly Fact[] => [
  ['User', request.user?.username && <strong>{request.user.username}</strong>],
  ['Groups', request.user?.groups?.join(', ')],
  ['Acting as', request.impersonatedUser?.username],
  ['Verb', request.verb && <code>{request.verb}</code>],
  ['Resource', targetOf(request)],
  ['Object', objectOf(request)],
  ['Namespace', objectOf(request) ? undefined : request.objectRef?.namespace],
  ['Source addresses', request.sourceIPs?.join(', ')],
  ['User agent', request.userAgent],
  ['Response', responseOf(request)],
  ['Decision', request.annotations?.['authorization.k8s.io/decision']],
  ['Allowed by', request.annotations?.['authorization.k8s.io/reason']],
  ['Request path', request.requestURI && <code>{request.requestURI}</code>],
  ['Received', event.time && <AbsoluteTime value={event.time} />],
  ['Cluster', event.cluster && `${event.cluster} (${event.provider})`],
  ['Audit id', request.auditID && <code>{request.auditID}</code>],
];

const Caveats = ({ quality }: { readonly quality: Quality }): ReactNode => {
  const caveats = (Object.keys(qualityWords) as (keyof Quality)[]).filter((flag) => quality[flag] === true);
  return (
    caveats.length > 0 && (
      <ul className={styles['caveats']} aria-label="Limits of this record">
        {caveats.map((flag) => (
          <li key={flag}>{qualityWords[flag]}</li>
        ))}
      </ul>
    )
  );
};

export const AuditRequest = ({ event }: { readonly event: LooseAuditEvent }): ReactNode => {
  const request = event.request ?? {};
  return (
    <Section title="API request">
      <Facts facts={facts(request, event)} />
      <Caveats quality={event.quality ?? {}} />
      {request.requestObject !== undefined && (
        <div className={styles['object']}>
          <Fold title="Object that was sent">
            <CodeBlock label="Object that was sent" text={JSON.stringify(request.requestObject, null, 2)} />
          </Fold>
        </div>
      )}
    </Section>
  );
};

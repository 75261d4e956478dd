// The alerts of an incident along the kill chain, each with its time, its place, and what ties it to the others.
import type { IncidentAlert } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { whereOf } from '../../alerts/where.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { formatCount } from '../../parts/quantity.ts';
import { Section } from '../../parts/section.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Table } from '../../parts/table.tsx';
import { AbsoluteTime } from '../../parts/time.tsx';
import styles from './kill-chain.module.css';

const notCounted = ({ alert }: IncidentAlert): string =>
  alert.suppressedBy === undefined ? `closed as ${alert.closeReason}` : 'suppressed';

const Step = ({ member }: { readonly member: IncidentAlert }): ReactNode => {
  const { alert, firstSeenAt, linkedBy, counts } = member;
  const { thing, place } = whereOf(alert.entities);
  return (
    <tr data-counts={counts}>
      <td>
        <AbsoluteTime value={firstSeenAt} />
      </td>
      <td>
        <SeverityMark severity={alert.severity} />
      </td>
      <th scope="row" className={styles['alert']}>
        <AppLink href={urls.alert(alert.id)}>{alert.title}</AppLink>
        {!counts && <span className={styles['out']}>out of the score: {notCounted(member)}</span>}
        <div className={styles['detail']}>{alert.message}</div>
      </th>
      <td className={styles['where']}>
        {thing}
        <div className={styles['detail']}>{place}</div>
      </td>
      <td className={styles['ties']}>{linkedBy.join(', ')}</td>
      <td className="number">{formatCount(alert.count)}</td>
    </tr>
  );
};

export const KillChain = ({ timeline }: { readonly timeline: readonly IncidentAlert[] }): ReactNode => {
  const tactics = Map.groupBy(timeline, ({ tactic }) => tactic ?? 'No tactic');
  return (
    <Section title="Along the kill chain" isFlush>
      <Table
        columns={['Time', 'Severity', 'Alert', 'Where', 'Joined by', { label: 'Count', isNumber: true }]}
      >
        {[...tactics].map(([tactic, members]) => (
          <tbody key={tactic}>
            <tr>
              <th scope="rowgroup" colSpan={6} className={styles['tactic']}>
                {tactic}
              </th>
            </tr>
            {members.map((member) => (
              <Step key={member.alert.id} member={member} />
            ))}
          </tbody>
        ))}
      </Table>
    </Section>
  );
};

// The things that tie alerts together, and those that are too common to.
import type { IncidentEntity, LinkKind } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { plural } from '../../parts/quantity.ts';
import { Section } from '../../parts/section.tsx';
import { Table } from '../../parts/table.tsx';
import styles from './kill-chain.module.css';

const words: Record<LinkKind, string> = {
  pod: 'Pod',
  container: 'Container',
  host: 'Node itself',
  workload: 'Workload',
  identity: 'Identity',
  address: 'Source address',
  image: 'Image',
};
/** What only one alert names ties nothing; it is on that alert's page. */
const isShown = ({ alerts, tooCommon }: IncidentEntity): boolean =>
  alerts.length > 1 || tooCommon !== undefined;

export const SharedEntities = ({ entities }: { readonly entities: readonly IncidentEntity[] }): ReactNode => {
  const shown = entities.filter(isShown);
  if (shown.length === 0) return null;
  return (
    <Section title="What they share" isFlush>
      <Table columns={['Kind', 'Name', 'Alerts']}>
        <tbody>
          {shown.map(({ kind, value, cluster, alerts, tooCommon }) => (
            <tr key={`${kind} ${cluster ?? ''} ${value}`}>
              <td>{words[kind]}</td>
              <td className={styles['name']}>
                <code>{value}</code>
                {cluster && <div className={styles['detail']}>{cluster}</div>}
                {tooCommon && <div className={styles['detail']}>Links no more alerts: {tooCommon}.</div>}
              </td>
              <td>{plural(alerts.length, 'alert')}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
};

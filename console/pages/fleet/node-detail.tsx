// What a node says about itself: its components and what they use, its spool, kernel and certificate.
import { type Node, revokeNode } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { Facts } from '../../parts/facts.tsx';
import { formatBytes, formatCount, formatCpuShare } from '../../parts/quantity.ts';
import { StateDot } from '../../parts/state-dot.tsx';
import { Table } from '../../parts/table.tsx';
import { AbsoluteTime, RelativeTime, useNow } from '../../parts/time.tsx';
import styles from './node-detail.module.css';
import { Revoke } from './revoke.tsx';

type Component = Node['components'][number];

const ComponentRow = ({
  component,
  nowMs,
}: {
  readonly component: Component;
  readonly nowMs: number;
}): ReactNode => {
  const { name, version, startedAt, healthy, message, rssBytes, cpuMs, eventsTotal } = component;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <StateDot tone={healthy ? 'good' : 'bad'} /> {healthy ? 'healthy' : 'not healthy'}
        {message && <div className={styles['message']}>{message}</div>}
      </td>
      <td className="number">{rssBytes === undefined ? '–' : formatBytes(rssBytes)}</td>
      <td className="number">
        {cpuMs === undefined ? '–' : formatCpuShare(cpuMs, nowMs - Date.parse(startedAt))}
      </td>
      <td className="number">{eventsTotal === undefined ? '–' : formatCount(eventsTotal)}</td>
      <td>
        <RelativeTime value={startedAt} />
      </td>
      <td>{version}</td>
    </tr>
  );
};

const columns = [
  'Component',
  'Health',
  { label: 'Memory', isNumber: true },
  { label: 'CPU', isNumber: true, title: 'Share of one core, since the component started' },
  { label: 'Events', isNumber: true },
  'Started',
  'Version',
] as const;

const Components = ({ node }: { readonly node: Node }): ReactNode => {
  const nowMs = useNow();
  return (
    <Table name={`Components of ${node.name}`} columns={columns}>
      <tbody>
        {node.components.map((component) => (
          <ComponentRow key={component.name} component={component} nowMs={nowMs} />
        ))}
      </tbody>
    </Table>
  );
};

const spoolText = ({ spool }: Node): string | undefined =>
  spool &&
  `${formatCount(spool.events)} events waiting, ${formatBytes(spool.bytes)} of ${formatBytes(spool.limitBytes)}`;

export const NodeDetail = ({ node }: { readonly node: Node }): ReactNode => (
  <div className={styles['detail']}>
    {node.components.length > 0 ? (
      <Components node={node} />
    ) : (
      <p className={styles['message']}>No component has reported yet.</p>
    )}
    <Facts
      facts={[
        ['Spool', spoolText(node)],
        ['Oldest waiting', node.spool?.oldestAt && <RelativeTime value={node.spool.oldestAt} />],
        ['Kernel', node.kernel],
        ['System', node.os],
        ['Registered', <AbsoluteTime key="registered" value={node.registeredAt} />],
        [
          'Certificate',
          <span key="certificate">
            ends <RelativeTime value={node.certificateExpiresAt} />,{' '}
            <AbsoluteTime value={node.certificateExpiresAt} />
          </span>,
        ],
        [
          'Alerts',
          <AppLink key="alerts" href={urls.alerts({ node: node.name, status: 'all' })}>
            All alerts of this node
          </AppLink>,
        ],
      ]}
    />
    {node.state !== 'revoked' && (
      <Revoke
        name={node.name}
        effect="Its certificate is refused within seconds."
        onRevoke={() => call(revokeNode, { params: { id: node.id } })}
      />
    )}
  </div>
);

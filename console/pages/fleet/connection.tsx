// The connection of a cluster: its state in a cell, and what its agent says in full.
import { type ClusterConnection, revokeCluster } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { Facts } from '../../parts/facts.tsx';
import { StateDot } from '../../parts/state-dot.tsx';
import { AbsoluteTime, RelativeTime } from '../../parts/time.tsx';
import { Extensions } from './extensions.tsx';
import detailStyles from './node-detail.module.css';
import styles from './node-table.module.css';
import { Revoke } from './revoke.tsx';
import { stateTone } from './state-tone.ts';

/** What somebody should do something about, most pressing first. */
const complaintOf = ({ problem, components }: ClusterConnection): string | undefined =>
  problem?.message ?? components.find(({ healthy }) => !healthy)?.message;

export const ConnectionState = ({ connection }: { readonly connection: ClusterConnection }): ReactNode => {
  const isCut = connection.state === 'connected' && !connection.tunnelOpen;
  const hasComplaint = complaintOf(connection) !== undefined || isCut;
  return (
    <span>
      <span className={styles['state']}>
        <StateDot tone={stateTone[connection.state]} /> {connection.state}
      </span>
      {hasComplaint && (
        <span className={styles['ailing']}>{isCut ? ', no tunnel' : ', agent not healthy'}</span>
      )}
    </span>
  );
};

const time = (value: string | undefined): ReactNode =>
  value && (
    <>
      <RelativeTime value={value} />, <AbsoluteTime value={value} />
    </>
  );

export const ConnectionDetail = ({
  cluster,
  connection,
}: {
  readonly cluster: string;
  readonly connection: ClusterConnection;
}): ReactNode => (
  <div className={detailStyles['detail']}>
    <Facts
      facts={[
        ['Problem', complaintOf(connection)],
        ['Last heartbeat', time(connection.lastContactAt)],
        ['Tunnel', connection.tunnelOpen ? 'open' : 'closed'],
        ['Granted roles', connection.roles.join(', ') || 'none yet'],
        ['Kubernetes', connection.kubernetesVersion],
        ['Agent', connection.components[0]?.version],
        ['Registered', time(connection.registeredAt)],
        ['Certificate ends', time(connection.certificateExpiresAt)],
      ]}
    />
    <Extensions cluster={cluster} />
    {connection.agentId !== undefined && connection.state !== 'revoked' && (
      <Revoke
        name={cluster}
        effect="Its agent, its nodes and its audit credential are refused within seconds."
        onRevoke={() => call(revokeCluster, { params: { name: cluster } })}
      />
    )}
  </div>
);

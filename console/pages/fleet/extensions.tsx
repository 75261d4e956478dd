// Extensions of a connected cluster: what is wanted, and what its agent made of it.
import { useQuery } from '@tanstack/react-query';
import type { Extension, ExtensionStatus } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { extensionsQuery } from '../../api/queries.ts';
import { StateDot, type Tone } from '../../parts/state-dot.tsx';
import { Table } from '../../parts/table.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import styles from './node-detail.module.css';

const tones: Readonly<Record<ExtensionStatus, Tone>> = {
  pending: 'idle',
  installing: 'warn',
  installed: 'good',
  failed: 'bad',
  'rolled-back': 'bad',
  removing: 'warn',
  removed: 'idle',
};

const columns = ['Extension', 'Status', { label: 'Generation', isNumber: true }, 'Version', 'Since'] as const;

const Row = ({ extension }: { readonly extension: Extension }): ReactNode => {
  const { name, status, desired, reported, changedAt } = extension;
  const isTaken = reported?.generation === desired.generation;
  const message = isTaken ? reported.message : undefined;
  // Installed, and not ready everywhere.
  const tone = status === 'installed' && message !== undefined ? 'warn' : tones[status];
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <StateDot tone={tone} /> {status}
        {message && <div className={styles['message']}>{message}</div>}
      </td>
      <td className="number">{desired.generation}</td>
      <td>{desired.version}</td>
      <td>
        <RelativeTime value={isTaken ? reported.at : changedAt} />
      </td>
    </tr>
  );
};

/** Nothing where none was ever wanted. */
export const Extensions = ({ cluster }: { readonly cluster: string }): ReactNode => {
  const { data } = useQuery(extensionsQuery(cluster));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Table name={`Extensions of ${cluster}`} columns={columns}>
      <tbody>
        {data.items.map((extension) => (
          <Row key={extension.name} extension={extension} />
        ))}
      </tbody>
    </Table>
  );
};

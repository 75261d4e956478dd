// Nodes with a sensor; each row opens to its components, spool and certificate.
import type { Node } from '@yagura/contracts';
import { type ReactNode, useState } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatBytes, formatCount } from '../../parts/quantity.ts';
import { StateDot } from '../../parts/state-dot.tsx';
import { Table } from '../../parts/table.tsx';
import { LastContact } from './last-contact.tsx';
import { Losses } from './losses.tsx';
import { NodeDetail } from './node-detail.tsx';
import styles from './node-table.module.css';
import { RowToggle } from './row-toggle.tsx';
import { stateTone } from './state-tone.ts';

const memoryOf = (node: Node): string => {
  const total = node.components.reduce((sum, component) => sum + (component.rssBytes ?? 0), 0);
  return total === 0 ? '–' : formatBytes(total);
};

const Health = ({ node }: { readonly node: Node }): ReactNode => {
  const ailing = node.components.filter((component) => !component.healthy);
  return (
    <>
      <span className={styles['state']}>
        <StateDot tone={stateTone[node.state]} /> {node.state}
      </span>
      {ailing.length > 0 && (
        <div className={styles['ailing']}>{ailing.map(({ name }) => name).join(', ')} not healthy</div>
      )}
    </>
  );
};

const columns = [
  'Node',
  'Cluster',
  'State',
  'Last contact',
  { label: 'Events', isNumber: true },
  { label: 'Memory', isNumber: true },
  'Losses',
] as const;

const Row = ({ node }: { readonly node: Node }): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  const detailId = `node-${node.id}`;
  return (
    <>
      <tr>
        <th scope="row" className={styles['name']}>
          <RowToggle opens={detailId} isOpen={isOpen} onToggle={setIsOpen}>
            {node.name}
          </RowToggle>
        </th>
        <td className={styles['name']}>{node.cluster ?? '–'}</td>
        <td>
          <Health node={node} />
        </td>
        <td>
          <LastContact at={node.lastContactAt} never="never" />
        </td>
        <td className="number">{formatCount(node.eventsTotal)}</td>
        <td className="number">{memoryOf(node)}</td>
        <td>
          <Losses losses={node.losses} />
        </td>
      </tr>
      <tr id={detailId} hidden={!isOpen} data-detail>
        <td colSpan={7}>{isOpen && <NodeDetail node={node} />}</td>
      </tr>
    </>
  );
};

export const NodeTable = ({ nodes }: { readonly nodes: readonly Node[] }): ReactNode => {
  if (nodes.length === 0) {
    return (
      <EmptyState title="No node yet">
        <p>
          <code>yagura start</code> runs a sensor on its own machine where kernel and rights allow it;{' '}
          <code>yagura doctor</code> says what is missing.
        </p>
      </EmptyState>
    );
  }
  return (
    <Table columns={columns}>
      <tbody>
        {nodes.map((node) => (
          <Row key={node.id} node={node} />
        ))}
      </tbody>
    </Table>
  );
};

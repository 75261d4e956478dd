// How many objects of each resource are known, whether these are all, and since when.
import type { ResourceCount } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { formatCount } from '../../parts/quantity.ts';
import { StateDot } from '../../parts/state-dot.tsx';
import { Table } from '../../parts/table.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import styles from './page.module.css';

const Completeness = ({ complete, message }: ResourceCount): ReactNode => (
  <>
    <StateDot tone={complete ? 'good' : 'warn'} /> {complete ? 'all' : 'perhaps not all'}
    {message !== undefined && <div className={styles['partial']}>{message}</div>}
  </>
);

interface ResourceTableProps {
  readonly cluster: string;
  readonly resources: readonly ResourceCount[];
}

export const ResourceTable = ({ cluster, resources }: ResourceTableProps): ReactNode => (
  <Table columns={['Resource', { label: 'Objects', isNumber: true }, 'Known', 'Told as a whole', 'By']}>
    <tbody>
      {resources.map((one) => (
        <tr key={one.resource}>
          <th scope="row">
            <AppLink href={urls.inventory(cluster, { resource: one.resource })}>{one.resource}</AppLink>
          </th>
          <td className="number">{formatCount(one.objects)}</td>
          <td>
            <Completeness {...one} />
          </td>
          <td>{one.listedAt === undefined ? 'never' : <RelativeTime value={one.listedAt} />}</td>
          <td>{one.reportedBy}</td>
        </tr>
      ))}
    </tbody>
  </Table>
);

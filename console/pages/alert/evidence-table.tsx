// The fields of the event that the condition looked at and that held.
import type { Alert } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { Section } from '../../parts/section.tsx';
import { Table } from '../../parts/table.tsx';
import { asText } from './event-shape.ts';
import styles from './evidence-table.module.css';

/** Of several events, such as the steps of a sequence, each has a line. */
const Value = ({ value }: { readonly value: unknown }): ReactNode => {
  if (!Array.isArray(value) || !value.some((each) => typeof each === 'object'))
    return <code>{asText(value)}</code>;
  return (
    <ol>
      {value.map((each) => (
        <li key={asText(each)}>
          <code>{asText(each)}</code>
        </li>
      ))}
    </ol>
  );
};

export const EvidenceTable = ({ evidence }: { readonly evidence: Alert['evidence'] }): ReactNode => (
  <Section title="Evidence" isFlush>
    <Table columns={['Field that matched', 'Value']}>
      <tbody className={styles['evidence']}>
        {evidence.map(({ field, value }) => (
          <tr key={field}>
            <th scope="row">
              <code>{field}</code>
            </th>
            <td>
              <Value value={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  </Section>
);

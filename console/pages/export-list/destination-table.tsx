// The table of destinations with their lag, dead letters and actions.
import type { Destination } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount, formatDuration } from '../../parts/quantity.ts';
import { StateDot } from '../../parts/state-dot.tsx';
import { Table } from '../../parts/table.tsx';
import { RelativeTime } from '../../parts/time.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { DestinationActions } from './destination-actions.tsx';

const State = ({ destination }: { readonly destination: Destination }): ReactNode => {
  const { state, healthy, problem } = destination;
  if (state === 'paused') return <>paused</>;
  return (
    <>
      <StateDot tone={healthy ? 'good' : 'bad'} /> {healthy ? 'delivering' : 'failing'}
      {problem && <div>{problem}</div>}
    </>
  );
};

/** Which alerts it gets; nothing where it gets all. */
function filterText({ minSeverity, clusters, namespaces, rules }: Destination['filter']): string {
  const lists = Object.entries({ clusters, namespaces, rules }).flatMap(([name, patterns]) =>
    patterns === undefined ? [] : [`${name} ${patterns.join(', ')}`],
  );
  return [...(minSeverity === undefined ? [] : [`severity ${minSeverity} or worse`]), ...lists].join('; ');
}

const columns = [
  'Name',
  'Where',
  'State',
  'Waiting',
  'Delivered',
  { label: 'Dead letters', isNumber: true },
  'Actions',
] as const;

const Row = ({ destination }: { readonly destination: Destination }): ReactNode => {
  const { name, type, format, target, waiting, lagMs, delivered, lastDeliveredAt } = destination;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {format} to {type === 'webhook' ? 'webhook at ' : ''}
        {target}
        <div>{filterText(destination.filter)}</div>
      </td>
      <td>
        <State destination={destination} />
      </td>
      <td>
        {formatCount(waiting)}
        {lagMs > 0 && ` (${formatDuration(lagMs)})`}
      </td>
      <td>
        {formatCount(delivered)}
        {lastDeliveredAt && (
          <>
            , last <RelativeTime value={lastDeliveredAt} />
          </>
        )}
      </td>
      <td className="number">
        <DeadLetters destination={destination} />
      </td>
      <td>
        <DestinationActions destination={destination} />
      </td>
    </tr>
  );
};

export const DestinationTable = ({
  destinations,
}: {
  readonly destinations: readonly Destination[];
}): ReactNode => {
  if (destinations.length === 0) {
    return (
      <EmptyState title="Alerts go nowhere yet">
        <p>
          Add a destination, here or with <code>yagura exports create</code>: a webhook, Slack, syslog or a
          file.
        </p>
      </EmptyState>
    );
  }
  return (
    <Table columns={columns}>
      <tbody>
        {destinations.map((destination) => (
          <Row key={destination.id} destination={destination} />
        ))}
      </tbody>
    </Table>
  );
};

// The table of rules; the whole row follows its link.
import type { HubRule } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Table } from '../../parts/table.tsx';
import { originWords, stateWords, timeText } from '../../rules/cost-text.ts';
import { sourceWords } from '../../rules/source-words.ts';
import styles from './rule-table.module.css';

const Row = ({ rule }: { readonly rule: HubRule }): ReactNode => (
  <tr className={styles['rule']} data-off={!rule.enabled || undefined}>
    <td>
      <SeverityMark severity={rule.severity} />
    </td>
    <th scope="row">
      <AppLink href={urls.rule(rule.id)} data-row>
        {rule.title}
      </AppLink>
      <div className={styles['id']}>{rule.id}</div>
    </th>
    <td>{sourceWords[rule.source]}</td>
    <td>{rule.techniques.join(', ')}</td>
    <td>{rule.type ?? 'match'}</td>
    <td>{originWords[rule.origin]}</td>
    <td title={rule.stale ?? rule.switch?.reason ?? rule.notice}>{stateWords(rule)}</td>
    <td className="number">{rule.cost.seen.toLocaleString('en')}</td>
    <td className="number">{rule.cost.matched.toLocaleString('en')}</td>
    <td className="number">{timeText(rule.cost.microseconds)}</td>
  </tr>
);

const columns = [
  'Severity',
  'Rule',
  'Looks at',
  { label: 'Technique', isMinor: true },
  { label: 'Kind', isMinor: true },
  { label: 'From', isMinor: true },
  'State',
  { label: 'Seen', isNumber: true, isMinor: true },
  { label: 'Matched', isNumber: true },
  { label: 'Time', isNumber: true, isMinor: true },
] as const;

export const RuleTable = ({ rules }: { readonly rules: readonly HubRule[] }): ReactNode => (
  <Table columns={columns}>
    <tbody>
      {rules.map((rule) => (
        <Row key={rule.id} rule={rule} />
      ))}
    </tbody>
  </Table>
);

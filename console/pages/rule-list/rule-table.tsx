// The table of rules; the whole row follows its link.
import type { HubRule } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { originWords, stateWords, timeText } from '../../rules/cost-text.ts';
import { sourceWords } from '../../rules/source-words.ts';
import styles from './rule-table.module.css';

const Row = ({ rule }: { readonly rule: HubRule }): ReactNode => (
  <tr data-off={!rule.enabled || undefined}>
    <td>
      <SeverityMark severity={rule.severity} />
    </td>
    <th scope="row">
      <AppLink href={urls.rule(rule.id)}>{rule.title}</AppLink>
      <div className={styles['id']}>{rule.id}</div>
    </th>
    <td>{sourceWords[rule.source]}</td>
    <td>{rule.techniques.join(', ')}</td>
    <td>{rule.type ?? 'match'}</td>
    <td>{originWords[rule.origin]}</td>
    <td title={rule.stale ?? rule.switch?.reason ?? rule.notice}>{stateWords(rule)}</td>
    <td className={styles['number']}>{rule.cost.seen.toLocaleString('en')}</td>
    <td className={styles['number']}>{rule.cost.matched.toLocaleString('en')}</td>
    <td className={styles['number']}>{timeText(rule.cost.microseconds)}</td>
  </tr>
);

export const RuleTable = ({ rules }: { readonly rules: readonly HubRule[] }): ReactNode => (
  <div className={styles['scroll']}>
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Rule</th>
          <th scope="col">Looks at</th>
          <th scope="col">Technique</th>
          <th scope="col">Kind</th>
          <th scope="col">From</th>
          <th scope="col">State</th>
          <th scope="col">Seen</th>
          <th scope="col">Matched</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <Row key={rule.id} rule={rule} />
        ))}
      </tbody>
    </table>
  </div>
);

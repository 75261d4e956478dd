// The table of rules; the whole row follows its link.
import type { RuleInfo } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { AppLink } from '../../app/app-link.tsx';
import { urls } from '../../app/urls.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { sourceWords } from '../../rules/source-words.ts';
import styles from './rule-table.module.css';

const Row = ({ rule }: { readonly rule: RuleInfo }): ReactNode => (
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
    <td>{rule.enabled ? 'on' : 'off'}</td>
  </tr>
);

export const RuleTable = ({ rules }: { readonly rules: readonly RuleInfo[] }): ReactNode => (
  <div className={styles['scroll']}>
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">Rule</th>
          <th scope="col">Looks at</th>
          <th scope="col">Technique</th>
          <th scope="col">State</th>
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

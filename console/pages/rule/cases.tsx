// What the tests of a rule prove: on what it fires, on what it stays silent, and who runs them.
import { useQuery } from '@tanstack/react-query';
import type { HubRule, RuleCase, RuleCases } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { ruleCasesQuery } from '../../api/queries.ts';
import { Prose } from '../../parts/prose.tsx';
import { plural } from '../../parts/quantity.ts';
import { Section } from '../../parts/section.tsx';
import styles from './page.module.css';

/** The hub itself runs no tests of rules that it did not save. */
const whoRuns: Record<HubRule['origin'], string> = {
  builtin: 'They are run before each release of Yagura.',
  folder: '`yagura rules test` runs them; the hub does not.',
  hub: 'They passed when the file was saved.',
};

const List = ({ title, cases }: { readonly title: string; readonly cases: readonly RuleCase[] }): ReactNode =>
  cases.length > 0 && (
    <>
      <h3>{title}</h3>
      <ul className={styles['cases']}>
        {cases.map(({ name, alerts }) => (
          <li key={name}>
            <Prose text={name} />
            {alerts > 1 && <span className={styles['alerts']}> {plural(alerts, 'alert')}</span>}
          </li>
        ))}
      </ul>
    </>
  );

const Told = ({ cases, origin }: { readonly cases: RuleCases; readonly origin: HubRule['origin'] }) => {
  if (cases.problem !== undefined) return <p>The tests cannot be read: {cases.problem}</p>;
  if (cases.items.length === 0) return <p>There are none.</p>;
  return (
    <>
      <List title="Fires on" cases={cases.items.filter(({ alerts }) => alerts > 0)} />
      <List title="Stays silent on" cases={cases.items.filter(({ alerts }) => alerts === 0)} />
      <p className={styles['alerts']}>
        <Prose text={whoRuns[origin]} />
      </p>
    </>
  );
};

export const Cases = ({ rule }: { readonly rule: HubRule }): ReactNode => {
  const { data } = useQuery(ruleCasesQuery(rule.id));
  return (
    data !== undefined && (
      <Section title="Tests">
        <Told cases={data} origin={rule.origin} />
      </Section>
    )
  );
};

// What the rule's author knows: why it matters, what may be harmless, what to do.
import type { Alert } from '@yagura/contracts';
import type { ReactNode } from 'react';
import { Prose } from '../parts/prose.tsx';
import { Section } from '../parts/section.tsx';
import styles from './guidance.module.css';

interface GuidanceProps {
  readonly snapshot: Pick<Alert['ruleSnapshot'], 'why' | 'benign' | 'respond'>;
}

const isSome = (list: readonly string[] | undefined): list is readonly string[] =>
  list !== undefined && list.length > 0;

export const Guidance = ({ snapshot: { why, benign, respond } }: GuidanceProps): ReactNode => (
  <>
    {isSome(respond) && (
      <Section title="What to do">
        <ol className={styles['list']}>
          {respond.map((step) => (
            <li key={step}>
              <Prose text={step} />
            </li>
          ))}
        </ol>
      </Section>
    )}
    <div className={styles['pair']}>
      {why && (
        <Section title="Why it matters">
          <p className={styles['prose']}>
            <Prose text={why} />
          </p>
        </Section>
      )}
      {isSome(benign) && (
        <Section title="Known benign causes">
          <ul className={styles['list']}>
            {benign.map((cause) => (
              <li key={cause}>
                <Prose text={cause} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  </>
);

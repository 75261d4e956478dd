// A titled part of a page; a landmark named by its heading.
import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Shown at the right of the title. */
  readonly aside?: ReactNode;
  /** The content reaches the edges, as a table does. */
  readonly isFlush?: boolean;
}

export const Section = ({ title, children, aside, isFlush = false }: SectionProps): ReactNode => {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']} data-flush={isFlush || undefined}>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <div className={styles['body']}>{children}</div>
    </section>
  );
};

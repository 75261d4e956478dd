// Text as it stands in a file, with a way to take it along.
import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './code-block.module.css';

interface CodeBlockProps {
  readonly label: string;
  readonly text: string;
}

export const CodeBlock = ({ label, text }: CodeBlockProps): ReactNode => (
  <div className={styles['block']}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard */}
    <section className={styles['scroll']} tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="compact-xs" variant="default" className={styles['copy']} onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  </div>
);

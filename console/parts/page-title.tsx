// The heading of a page, which also names the browser's tab.
import { type ReactNode, useEffect } from 'react';
import styles from './page-title.module.css';

interface PageTitleProps {
  readonly title: string;
  readonly above?: ReactNode;
  readonly below?: ReactNode;
  readonly actions?: ReactNode;
}

export const usePageName = (name: string): void => {
  useEffect(() => {
    document.title = `${name} · Yagura`;
  }, [name]);
};

export const PageTitle = ({ title, above, below, actions }: PageTitleProps): ReactNode => {
  usePageName(title);
  return (
    <div className={styles['head']}>
      <div className={styles['words']}>
        {above}
        <h1>{title}</h1>
        {below}
      </div>
      {actions && <div className={styles['actions']}>{actions}</div>}
    </div>
  );
};

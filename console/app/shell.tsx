// The frame around every page of a signed-in person: navigation, hub status, session, and the live connection.
import { Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { LiveAlertsProvider } from '../alerts/use-live-alerts.tsx';
import { AppLink } from './app-link.tsx';
import { HubStatus } from './hub-status.tsx';
import { SessionMenu } from './session-menu.tsx';
import styles from './shell.module.css';
import { ThemeSwitch } from './theme-switch.tsx';
import { urls } from './urls.ts';
import { Wordmark } from './wordmark.tsx';

const sections = [
  { label: 'Alerts', href: urls.alerts() },
  { label: 'Incidents', href: urls.incidents() },
  { label: 'Nodes and clusters', href: urls.fleet() },
  { label: 'Rules', href: urls.rules() },
  { label: 'Suppressions', href: urls.suppressions() },
  { label: 'Exports', href: urls.exports() },
] as const;

/** A screen reader and the Tab key go on from the new page, not from the link that led there. */
const useFocusOnNavigation = (pathname: string) => {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
};

const Navigation = ({ pathname }: { readonly pathname: string }): ReactNode => (
  <nav aria-label="Main" className={styles['nav']}>
    {sections.map(({ label, href }) => (
      <AppLink key={href} href={href} aria-current={pathname.startsWith(href) ? 'page' : undefined}>
        {label}
      </AppLink>
    ))}
  </nav>
);

export const Shell = (): ReactNode => {
  const { pathname } = useLocation();
  const main = useFocusOnNavigation(pathname);
  return (
    <LiveAlertsProvider>
      <a className={styles['skip']} href="#content">
        Skip to content
      </a>
      <header className={styles['header']}>
        <AppLink href={urls.alerts()} className={styles['brand']} aria-label="Yagura, home">
          <Wordmark />
        </AppLink>
        <Navigation pathname={pathname} />
        <div className={styles['tools']}>
          <HubStatus />
          <ThemeSwitch />
          <SessionMenu />
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} className={styles['main']}>
        <Outlet />
      </main>
    </LiveAlertsProvider>
  );
};

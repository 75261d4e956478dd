// Gives the pages the one live connection of the session.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { LiveAlerts, type LiveSnapshot } from './live-alerts.ts';

const notYet: LiveSnapshot = { state: 'connecting', fresh: new Set(), latest: undefined };
const Live = createContext<LiveAlerts | undefined>(undefined);

export const LiveAlertsProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveAlerts>();
  useEffect(() => {
    const opened = new LiveAlerts(client);
    setLive(opened);
    return () => opened[Symbol.dispose]();
  }, [client]);
  return <Live value={live}>{children}</Live>;
};

const nothingToHear = (): (() => void) => () => undefined;

export const useLiveAlerts = (): LiveSnapshot => {
  const live = use(Live);
  return useSyncExternalStore(live?.subscribe ?? nothingToHear, live?.snapshot ?? (() => notYet));
};

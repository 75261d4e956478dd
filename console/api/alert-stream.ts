// Alerts and incidents as the hub pushes them, over a connection that is opened again whenever it ends.
import { type AlertSummary, type IncidentSummary, watchAlerts } from '@yagura/contracts';

export type StreamState = 'connecting' | 'live' | 'lost';

export interface AlertStreamListener {
  onAlert(alert: AlertSummary): void;
  onIncident(incident: IncidentSummary): void;
  /** `resumed`: alerts may have been missed since the connection was lost. */
  onState(state: StreamState, resumed: boolean): void;
}

const retryMs = 3_000;

/** Starts listening; call the answer to stop. */
export function listenToAlerts(listener: AlertStreamListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasLive = false;

  const open = (): void => {
    source = new EventSource(watchAlerts.path);
    source.addEventListener('open', () => {
      listener.onState('live', wasLive);
      wasLive = true;
    });
    source.addEventListener('alert', (event) => {
      listener.onAlert(JSON.parse((event as MessageEvent<string>).data) as AlertSummary);
    });
    source.addEventListener('incident', (event) => {
      listener.onIncident(JSON.parse((event as MessageEvent<string>).data) as IncidentSummary);
    });
    source.addEventListener('error', () => {
      listener.onState('lost', false);
      // The browser retries a broken connection by itself, but never an answer such as 401 or 503.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
    });
  };

  listener.onState('connecting', false);
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

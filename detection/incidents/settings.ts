// How far apart alerts may be, and how much may come together, before they are no longer one incident.

export interface IncidentSettings {
  /** Alerts that are further apart than this are not linked; each new one moves the end of the incident on. */
  readonly gapMs: number;
  /** From the first to the last alert of one incident; what comes later begins another. */
  readonly spanMs: number;
  /** Alerts in one incident; what comes then is left out and counted. */
  readonly maxAlerts: number;
}

const hourMs = 60 * 60_000;

export const defaultIncidentSettings: IncidentSettings = {
  gapMs: hourMs,
  spanMs: 24 * hourMs,
  maxAlerts: 200,
};

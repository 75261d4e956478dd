// What is known of recent alerts and open incidents: who shared which thing when, and what belongs to what already.
import type { IncidentSettings } from './settings.ts';
import { distanceMs, lengthMs, type Span, spanOver } from './span.ts';

/** One alert that named one thing, over its latest run without a longer gap. */
export interface Sighting extends Span {
  readonly key: string;
  readonly alertId: string;
  readonly rule: string;
  readonly other: string;
}

export interface KnownIncident {
  readonly id: string;
  readonly openedMs: number;
  readonly span: Span;
  /** Of all its alerts, also those that are not in `members`. */
  readonly size: number;
  /** Those of its alerts that matter here, each with when it was active in this incident. */
  readonly members: ReadonlyMap<string, Span>;
  /** A person judged it: nothing joins it any more, and its alerts are not free for another. */
  readonly isJudged: boolean;
}

export interface Known {
  readonly sightings: readonly Sighting[];
  readonly incidents: readonly KnownIncident[];
}

interface Mutable<T> {
  incident: T;
}

/** Owned by one batch of alerts: it is read from the store, changed by each alert in turn, and what changed is stored. */
export class Book {
  readonly settings: IncidentSettings;
  readonly #sightings = new Map<string, Map<string, Sighting>>();
  readonly #incidents = new Map<string, Mutable<KnownIncident>>();
  readonly #byAlert = new Map<string, Set<string>>();

  constructor(known: Known, settings: IncidentSettings) {
    this.settings = settings;
    for (const sighting of known.sightings) this.#keep(sighting);
    for (const incident of known.incidents) this.put(incident);
  }

  #keep(sighting: Sighting): void {
    const ofKey = this.#sightings.get(sighting.key) ?? new Map<string, Sighting>();
    ofKey.set(sighting.alertId, sighting);
    this.#sightings.set(sighting.key, ofKey);
  }

  /** Prolongs the alert's run, begins a new one after a gap, and leaves a newer one alone. Returns what is kept. */
  see(sighting: Sighting): Sighting {
    const known = this.#sightings.get(sighting.key)?.get(sighting.alertId);
    const kept =
      known === undefined || distanceMs(known, sighting) <= this.settings.gapMs
        ? { ...sighting, ...(known === undefined ? {} : spanOver(known, sighting)) }
        : sighting.fromMs > known.toMs
          ? sighting
          : known;
    this.#keep(kept);
    return kept;
  }

  sightingsOf(key: string): Iterable<Sighting> {
    return this.#sightings.get(key)?.values() ?? [];
  }

  put(incident: KnownIncident): void {
    this.#incidents.set(incident.id, { incident });
    for (const alertId of incident.members.keys()) {
      const ids = this.#byAlert.get(alertId) ?? new Set<string>();
      this.#byAlert.set(alertId, ids.add(incident.id));
    }
  }

  remove({ id, members }: KnownIncident): void {
    this.#incidents.delete(id);
    for (const alertId of members.keys()) this.#byAlert.get(alertId)?.delete(id);
  }

  incidentsOf(alertId: string): readonly KnownIncident[] {
    const ids = this.#byAlert.get(alertId) ?? [];
    return [...ids].flatMap((id) => this.#incidents.get(id)?.incident ?? []);
  }

  /** Whether something at that time still belongs to the incident's time. */
  isWithin({ span }: KnownIncident, activity: Span): boolean {
    const { gapMs, spanMs } = this.settings;
    return distanceMs(span, activity) <= gapMs && lengthMs(spanOver(span, activity)) <= spanMs;
  }

  /** Whether the alert was active when no incident had it: only then it may begin one. */
  isFree({ alertId, toMs }: Sighting): boolean {
    return this.incidentsOf(alertId).every(({ members }) => toMs > (members.get(alertId)?.toMs ?? toMs));
  }
}

// Who an alert could belong together with: incidents, and alerts that are in none, that share enough with it.
import type { Book, KnownIncident, Sighting } from './book.ts';
import { enough, type Link } from './links.ts';
import { distanceMs, type Span } from './span.ts';

export interface Candidate<T> {
  readonly found: T;
  /** Keys of what is shared. */
  readonly by: readonly string[];
}

export interface Candidates {
  /** Oldest first. */
  readonly incidents: readonly Candidate<KnownIncident>[];
  readonly alerts: readonly Candidate<Sighting>[];
}

class Shares<T extends object> {
  readonly #of = new Map<string, { found: T; links: Map<string, Link> }>();

  add(id: string, found: T, link: Link): void {
    const known = this.#of.get(id) ?? { found, links: new Map<string, Link>() };
    known.links.set(link.key, link);
    this.#of.set(id, known);
  }

  enough(): readonly Candidate<T>[] {
    return [...this.#of.values()]
      .filter(({ links }) => [...links.values()].reduce((sum, { weight }) => sum + weight, 0) >= enough)
      .map(({ found, links }) => ({ found, by: [...links.keys()] }));
  }
}

export interface Search {
  readonly alertId: string;
  readonly activity: Span;
  /** Without those that are too common. */
  readonly links: readonly Link[];
}

export function findCandidates(book: Book, { alertId, activity, links }: Search): Candidates {
  const incidents = new Shares<KnownIncident>();
  const alerts = new Shares<Sighting>();
  for (const link of links)
    for (const sighting of book.sightingsOf(link.key)) {
      if (sighting.alertId === alertId) continue;
      for (const incident of book.incidentsOf(sighting.alertId))
        if (!incident.isJudged && book.isWithin(incident, activity))
          incidents.add(incident.id, incident, link);
      if (distanceMs(sighting, activity) <= book.settings.gapMs && book.isFree(sighting))
        alerts.add(sighting.alertId, sighting, link);
    }
  const inOrder = [...incidents.enough()].sort(
    (a, b) => a.found.openedMs - b.found.openedMs || (a.found.id < b.found.id ? -1 : 1),
  );
  return { incidents: inOrder, alerts: alerts.enough() };
}

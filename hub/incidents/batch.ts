// Runs a batch of alerts through the correlation, and gathers what the store must write for all of it.
import {
  type Activity,
  type Book,
  correlate,
  type Joined,
  type KnownIncident,
  type Sighting,
} from '@yagura/detection';

export interface BatchMember extends Joined {
  readonly incidentId: string;
  /** What it shares with the others, such as `pod shop/web-1`. */
  readonly linkedBy: readonly string[];
}

export interface Batch {
  readonly opened: readonly KnownIncident[];
  readonly members: readonly BatchMember[];
  /** In order: what was merged may be merged again. */
  readonly merges: readonly { readonly from: string; readonly into: string }[];
  /** Incidents whose alerts are others than before. */
  readonly restructured: ReadonlySet<string>;
  /** Incidents that only went on. */
  readonly prolonged: ReadonlySet<string>;
  readonly sightings: readonly Sighting[];
  /** Key → how many others. */
  readonly tooCommon: ReadonlyMap<string, number>;
  /** Alerts that belong to an incident that is full. */
  readonly leftOut: number;
}

const maxNameLength = 300;

export interface BatchOptions {
  readonly book: Book;
  readonly newId: () => string;
  readonly nowMs: number;
}

export function correlateBatch(activities: readonly Activity[], options: BatchOptions): Batch {
  const opened: KnownIncident[] = [];
  const members: BatchMember[] = [];
  const merges: { from: string; into: string }[] = [];
  const [restructured, prolonged] = [new Set<string>(), new Set<string>()];
  const sightings = new Map<string, Sighting>();
  const tooCommon = new Map<string, number>();
  const leftOut = new Set<string>();
  for (const activity of activities) {
    const { outcome, ...seen } = correlate(activity, options);
    for (const sighting of seen.sightings) sightings.set(`${sighting.alertId} ${sighting.key}`, sighting);
    for (const { key, others } of seen.tooCommon) tooCommon.set(key, others);
    if (outcome.kind === 'full') leftOut.add(activity.alertId);
    if (outcome.kind === 'alone' || outcome.kind === 'full') continue;
    const { incident, joined } = outcome;
    if (outcome.kind === 'opened') opened.push(incident);
    if (outcome.kind === 'joined')
      for (const { id } of outcome.merged) merges.push({ from: id, into: incident.id });
    (outcome.kind === 'prolonged' ? prolonged : restructured).add(incident.id);
    const nameOf = new Map(
      activity.links.map(({ key, kind, value }) => [key, `${kind} ${value}`.slice(0, maxNameLength)]),
    );
    for (const one of joined)
      members.push({
        ...one,
        incidentId: incident.id,
        linkedBy: one.by.flatMap((key) => nameOf.get(key) ?? []),
      });
  }
  for (const { from } of merges) {
    restructured.delete(from);
    prolonged.delete(from);
  }
  return {
    ...{ opened, members, merges, restructured, tooCommon, prolonged: prolonged.difference(restructured) },
    sightings: [...sightings.values()],
    leftOut: leftOut.size,
  };
}

// One alert at a time: it joins an incident, brings two together, begins one with others, or stays alone.
import type { Book, KnownIncident, Sighting } from './book.ts';
import { type Candidate, findCandidates } from './candidates.ts';
import { type TooCommon, tooCommon } from './hub-entities.ts';
import type { Link } from './links.ts';
import { lengthMs, type Span, spanOver } from './span.ts';

/** That an alert was raised or counted up. */
export interface Activity extends Span {
  readonly alertId: string;
  readonly rule: string;
  readonly links: readonly Link[];
}

export interface Joined {
  readonly alertId: string;
  /** When it was active in the incident. */
  readonly span: Span;
  /** Keys of what it shares. */
  readonly by: readonly string[];
}

/** `alone`: no incident. `prolonged`: it was in the incident before. `full`: it would belong to one that is full. */
export type Outcome =
  | { readonly kind: 'alone' }
  | { readonly kind: 'full' }
  | { readonly kind: 'prolonged'; readonly incident: KnownIncident; readonly joined: readonly Joined[] }
  | { readonly kind: 'opened'; readonly incident: KnownIncident; readonly joined: readonly Joined[] }
  | {
      readonly kind: 'joined';
      readonly incident: KnownIncident;
      readonly joined: readonly Joined[];
      /** They became part of the incident. */
      readonly merged: readonly KnownIncident[];
    };

export interface Correlation {
  readonly outcome: Outcome;
  readonly sightings: readonly Sighting[];
  readonly tooCommon: readonly TooCommon[];
}

export interface CorrelateOptions {
  readonly book: Book;
  readonly newId: () => string;
  readonly nowMs: number;
}

/** Changes the book; what the store must know of it is in the answer. */
export function correlate(activity: Activity, options: CorrelateOptions): Correlation {
  const { book } = options;
  const { alertId, rule, fromMs, toMs } = activity;
  const sightings = activity.links.map(({ key, other }) =>
    book.see({ key, other, alertId, rule, fromMs, toMs }),
  );
  const common = activity.links.flatMap((link) => tooCommon(book, link, activity) ?? []);
  return { outcome: place(activity, common, options), sightings, tooCommon: common };
}

function place(activity: Activity, common: readonly TooCommon[], options: CorrelateOptions): Outcome {
  const { book } = options;
  const own = book
    .incidentsOf(activity.alertId)
    .filter((incident) => book.isWithin(incident, activity))
    .reduce<KnownIncident | undefined>((a, b) => (a && a.span.toMs >= b.span.toMs ? a : b), undefined);
  if (own !== undefined) return prolong(own, activity, book);
  const links = activity.links.filter(({ key }) => !common.some((one) => one.key === key));
  const { incidents, alerts } = findCandidates(book, { alertId: activity.alertId, activity, links });
  const [oldest, ...others] = incidents;
  return oldest === undefined
    ? open(activity, alerts, options)
    : join({ into: oldest, others, alerts, activity, book });
}

/** A repeat moves the end of the incident on, and changes nothing else of it. */
function prolong(own: KnownIncident, activity: Activity, book: Book): Outcome {
  const before = own.members.get(activity.alertId);
  const span = before === undefined ? activity : spanOver(before, activity);
  const joined = [{ alertId: activity.alertId, span: { fromMs: span.fromMs, toMs: span.toMs }, by: [] }];
  const incident = withAlerts(own, joined);
  book.put(incident);
  return { kind: 'prolonged', incident, joined };
}

/** Of one rule alone there is no story to tell: the same rule that fires for ten pods is ten alerts. */
function open(
  activity: Activity,
  alerts: readonly Candidate<Sighting>[],
  { book, newId, nowMs }: CorrelateOptions,
): Outcome {
  if (!alerts.some(({ found }) => found.rule !== activity.rule)) return { kind: 'alone' };
  const joined = asJoined(activity, alerts, book.settings.spanMs).slice(0, book.settings.maxAlerts);
  const incident = withAlerts(
    {
      id: newId(),
      openedMs: nowMs,
      span: joined.map(({ span }) => span).reduce(spanOver),
      ...{ size: 0, members: new Map(), isJudged: false },
    },
    joined,
  );
  book.put(incident);
  return { kind: 'opened', incident, joined };
}

interface Joining {
  readonly into: Candidate<KnownIncident>;
  readonly others: readonly Candidate<KnownIncident>[];
  readonly alerts: readonly Candidate<Sighting>[];
  readonly activity: Activity;
  readonly book: Book;
}

function join({ into, others, alerts, activity, book }: Joining): Outcome {
  const { maxAlerts, spanMs } = book.settings;
  if (into.found.size >= maxAlerts) return { kind: 'full' };
  let incident = into.found;
  const merged: KnownIncident[] = [];
  for (const { found } of others) {
    const isTooLarge =
      incident.size + found.size >= maxAlerts ||
      lengthMs(spanOver(spanOver(incident.span, found.span), activity)) > spanMs;
    if (isTooLarge) continue;
    merged.push(found);
    book.remove(found);
    incident = mergedInto(incident, found);
  }
  const fitting = alerts.filter(
    ({ found }) => lengthMs(spanOver(spanOver(incident.span, activity), found)) <= spanMs,
  );
  const by = [into, ...others].flatMap((candidate) => candidate.by);
  const joined = [itself(activity, by), ...fitting.map(asMember)].slice(0, maxAlerts - incident.size);
  incident = withAlerts(incident, joined);
  book.put(incident);
  return { kind: 'joined', incident, joined, merged };
}

const itself = ({ alertId, fromMs, toMs }: Activity, by: readonly string[]): Joined => ({
  alertId,
  span: { fromMs, toMs },
  by: [...new Set(by)],
});

const asMember = ({ found: { alertId, fromMs, toMs }, by }: Candidate<Sighting>): Joined => ({
  alertId,
  span: { fromMs, toMs },
  by,
});

/** A run of an alert may be longer than an incident lasts: then only its end belongs to it. */
function asJoined(
  activity: Activity,
  alerts: readonly Candidate<Sighting>[],
  spanMs: number,
): readonly Joined[] {
  const all = [
    itself(
      activity,
      alerts.flatMap(({ by }) => by),
    ),
    ...alerts.map(asMember),
  ];
  const endMs = Math.max(...all.map(({ span }) => span.toMs));
  return all.map((one) => ({
    ...one,
    span: { ...one.span, fromMs: Math.max(one.span.fromMs, endMs - spanMs) },
  }));
}

function withAlerts(incident: KnownIncident, joined: readonly Joined[]): KnownIncident {
  const members = new Map(incident.members);
  for (const { alertId, span } of joined) {
    const before = members.get(alertId);
    members.set(alertId, before === undefined ? span : spanOver(before, span));
  }
  return {
    ...incident,
    members,
    size: incident.size + members.size - incident.members.size,
    span: joined.map(({ span }) => span).reduce(spanOver, incident.span),
  };
}

const mergedInto = (incident: KnownIncident, other: KnownIncident): KnownIncident => ({
  ...incident,
  size: incident.size + other.size,
  span: spanOver(incident.span, other.span),
  members: new Map([
    ...incident.members,
    ...[...other.members].map(([alertId, span]) => {
      const before = incident.members.get(alertId);
      return [alertId, before === undefined ? span : spanOver(before, span)] as const;
    }),
  ]),
});

// Runs the events of one block through the engine, a slice of time at a stretch, so that the API stays quick.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { GlanceWorth } from '@yagura/connector-kubernetes';
import {
  type AlertDraft,
  type Entities,
  type Event,
  type InventoryRecord,
  isInventoryKind,
} from '@yagura/contracts';
import { type Engine, type Match, toAlertDraft } from '@yagura/detection';
import type { Block } from '@yagura/kit';
import { type DecodedBody, decodeBody, type Origin } from '../event-log/block-body.ts';
import type { Occurrence } from '../store/alerts.ts';
import { EventGlance } from './event-glance.ts';

export interface Analysis {
  readonly events: number;
  /** Of these, what a glance showed that no rule could want; it was not parsed. */
  readonly ruledOut: number;
  /** Lines, or whole blocks, that could not be read back. */
  readonly unreadable: number;
}

export interface AnalyseOptions {
  readonly engine: Engine;
  /** A promise holds the analysis until it is settled, and passes its error on. */
  readonly onOccurrence: (occurrence: Occurrence) => Promise<void> | undefined;
  /** What an inventory tells is no event: no rule sees it. A promise holds the analysis, as above. */
  readonly onInventory?: (record: InventoryRecord, origin: Origin, at: number) => Promise<void> | undefined;
  /** Fills in what an alert's event does not say. */
  readonly enrich?: (entities: Entities) => Entities;
  readonly sliceMs?: number;
}

const linesPerClockLook = 32;

/** Throws only what `onOccurrence` does: what cannot be read is counted. */
export async function analyseBlock(block: Block, options: AnalyseOptions): Promise<Analysis> {
  const body = await decodeBody(block.body).catch(() => undefined);
  if (body === undefined) return { events: 0, ruledOut: 0, unreadable: block.lines };
  const sliceMs = options.sliceMs ?? 10;
  const toOccurrence = createOccurrences(body.origin, options.enrich);
  const isRuledOut = createRuleOut(options.engine, body);
  let [events, ruledOut, unreadable, start, looked] = [0, 0, 0, 0, 0];
  let until = performance.now() + sliceMs;
  while (start < body.ndjson.length) {
    const found = body.ndjson.indexOf('\n', start);
    const end = found === -1 ? body.ndjson.length : found;
    const isOut = isRuledOut(start, end);
    const event = end > start && !isOut ? readEvent(body.ndjson.slice(start, end), body.origin) : 'blank';
    start = end + 1;
    if (isOut) {
      events += 1;
      ruledOut += 1;
    } else if (event === undefined) unreadable += 1;
    else if (isInventory(event)) {
      const held = options.onInventory?.(event, body.origin, block.at);
      if (held !== undefined) await held;
    } else if (event !== 'blank') {
      events += 1;
      for (const match of options.engine.evaluate(event, block.at)) {
        const held = options.onOccurrence(toOccurrence(match));
        if (held !== undefined) await held;
      }
    }
    looked += 1;
    if (looked % linesPerClockLook === 0 && performance.now() > until) {
      await nextTurn();
      until = performance.now() + sliceMs;
    }
  }
  return { events, ruledOut, unreadable };
}

/** Most audit events are of no interest to any rule: their lines need not be parsed to know it. */
function createRuleOut(
  { mayMatch }: Engine,
  { ndjson, origin }: DecodedBody,
): (start: number, end: number) => boolean {
  const glance = new EventGlance();
  const worth = new GlanceWorth();
  return (start, end) => {
    if (!worth.isWorthIt() || !glance.look(ndjson, start, end)) return false;
    const isOut = !mayMatch(glance, origin.cluster);
    worth.note(isOut);
    return isOut;
  };
}

/** `undefined`: not an object of JSON; ingest takes only lines that fit their schema, so this is a damaged block. */
function readEvent(line: string, origin: Origin): Event | InventoryRecord | 'blank' | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    return isInventory(value) ? value : stamp(value as Event, origin);
  } catch {
    return line.trim() === '' ? 'blank' : undefined;
  }
}

/** Its cluster is that of its sender's certificate, whatever it says itself. */
const isInventory = (value: unknown): value is InventoryRecord =>
  isInventoryKind((value as { kind?: unknown } | null | undefined)?.kind);

/** What an event says of its node and cluster gives way to what its sender's certificate says. */
function stamp(event: Event, { node, cluster }: Origin): Event {
  if (cluster === undefined) delete event.cluster;
  else event.cluster = cluster;
  if (event.kind === 'api.requested') return event;
  if (node === undefined) delete event.node;
  else event.node = node;
  return event;
}

const enriched = (draft: AlertDraft, enrich: (entities: Entities) => Entities): AlertDraft => ({
  ...draft,
  entities: enrich(draft.entities),
});

/** An alert that many events of a block fire is drafted once; the others only move its times. */
function createOccurrences(
  origin: Origin,
  enrich: AnalyseOptions['enrich'] = (entities) => entities,
): (match: Match) => Occurrence {
  const drafts = new Map<string, AlertDraft>();
  return (match) => {
    const drafted = drafts.get(match.alertId);
    const { time } = match.event;
    const alert =
      drafted === undefined
        ? enriched(toAlertDraft(match), enrich)
        : { ...drafted, firstSeenAt: time, lastSeenAt: time };
    if (drafted === undefined) drafts.set(match.alertId, alert);
    // A node chooses the ids of its events; it must not be able to use up those of another.
    const eventId = origin.node === undefined ? match.occurrenceId : `${origin.node}/${match.occurrenceId}`;
    return { alert, eventId };
  };
}

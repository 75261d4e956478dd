// Things that are seen with so many others that sharing them says nothing: a build robot, a proxy, a base image.
import type { Book } from './book.ts';
import { type Link, maxOthers } from './links.ts';
import type { Span } from './span.ts';

export interface TooCommon {
  readonly key: string;
  /** How many different others it was seen with; more are not counted. */
  readonly others: number;
}

/** `undefined`: it links. Counted over the longest time that an incident may last, up to the activity. */
export function tooCommon(book: Book, link: Link, activity: Span): TooCommon | undefined {
  const limit = maxOthers(link.kind);
  if (limit === undefined) return undefined;
  const others = new Set<string>();
  for (const { other, fromMs, toMs } of book.sightingsOf(link.key))
    if (toMs >= activity.fromMs - book.settings.spanMs && fromMs <= activity.toMs + book.settings.gapMs)
      others.add(other);
  return others.size > limit.count ? { key: link.key, others: others.size } : undefined;
}

// Saves what tells who did what from a record that is too long, or nested too deeply, to be taken whole.
import { isObject, type JsonObject } from './field-reader.ts';
import { auditLimits } from './limits.ts';

const maxMemberChars = 1024 * 1024;
/** What the API server itself sets where it leaves bodies out. */
const cutMark = { 'audit.k8s.io/truncated': 'true' };

export interface RecordEnds {
  readonly head: string;
  /** The last bytes, where the head is not all of the record: times and annotations stand behind the bodies. */
  readonly tail?: string;
}

/** The record without the members that are too long, too deep or not whole; `undefined` where no verb is left. */
export function salvageRecord({ head, tail }: RecordEnds): string | undefined {
  const record = { ...parseMembers(smallMembers(head)), ...(tail === undefined ? {} : timesIn(tail)) };
  const { verb, annotations } = record;
  if (typeof verb !== 'string') return undefined;
  return JSON.stringify({
    ...record,
    annotations: { ...(isObject(annotations) ? annotations : {}), ...cutMark },
  });
}

function parseMembers(members: readonly string[]): JsonObject | undefined {
  try {
    return JSON.parse(`{${members.join(',')}}`) as JsonObject;
  } catch {
    return undefined;
  }
}

/** What is whole on the outermost level, and fit to be parsed. */
function smallMembers(text: string): readonly string[] {
  const members: string[] = [];
  let depth = 0;
  let deepest = 0;
  let start = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '{' || char === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (char === '}' || char === ']') depth -= 1;
    if (depth === 0 || (depth === 1 && char === ',')) {
      const isFit = deepest <= auditLimits.bodyDepth && at - start <= maxMemberChars;
      if (isFit && at > start) members.push(text.slice(start, at));
      start = at + 1;
      deepest = depth;
    }
    if (depth === 0) break;
  }
  return members;
}

/** Position of the closing quote, or the text's end. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** The members from the last one of this name on; behind one that is further inside, too many braces would follow. */
function timesIn(tail: string): JsonObject | undefined {
  const start = tail.lastIndexOf('"requestReceivedTimestamp":');
  return start === -1 ? undefined : parseMembers([tail.slice(start, tail.lastIndexOf('}'))]);
}

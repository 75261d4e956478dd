// Splits what Event Hubs and Blob Storage deliver into records: `{"records":[…]}` in a message, one record a line in a blob.

export interface AksRecords {
  readonly records: readonly unknown[];
  /** Lines or messages that are not JSON. */
  readonly unreadable: number;
}

/** Body of one Event Hubs message. Never throws. */
export function readEventHubBody(body: string): AksRecords {
  const value = parse(body);
  if (value === undefined) return { records: [], unreadable: 1 };
  const records = (value as { records?: unknown } | null)?.records;
  return { records: Array.isArray(records) ? records : [value], unreadable: 0 };
}

/** Whole lines of a `PT1H.json` blob; holding back an unfinished last line is the reader's task. Never throws. */
export function readBlobLines(text: string): AksRecords {
  const parsed = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);
  const records = parsed.filter((record) => record !== undefined);
  return { records, unreadable: parsed.length - records.length };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

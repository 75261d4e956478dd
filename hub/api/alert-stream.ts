// One watcher's stream of server-sent events: what was missed since Last-Event-ID, then what happens.
import type { SuppressedChoice } from '@yagura/contracts';
import type { FeedChange, Watcher } from './alert-feed.ts';

export interface AlertStreamOptions {
  readonly watcher: Watcher;
  /** Changes after a number, in order; at most a page of them. */
  readonly readChanges: (after: number) => Promise<readonly FeedChange[]>;
  /** Last-Event-ID, or the newest change: where the stream begins. */
  readonly after: number;
  /** Suppressed alerts are left out by default. */
  readonly suppressed?: SuppressedChoice | undefined;
  /** A comment this often keeps proxies from closing a quiet stream. */
  readonly heartbeatMs?: number;
  /** The stream ends after this time; the client comes back with Last-Event-ID, and its right to is checked again. */
  readonly lifeMs?: number;
}

const reconnectMs = 2_000;

export function alertStream(options: AlertStreamOptions): ReadableStream<Uint8Array> {
  const { watcher, heartbeatMs = 15_000, lifeMs = 15 * 60_000 } = options;
  const encoder = new TextEncoder();
  const blocks = streamBlocks(options);
  let heartbeat: NodeJS.Timeout | undefined;
  let life: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearInterval(heartbeat);
    clearTimeout(life);
    watcher[Symbol.dispose]();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Not queued behind a client that does not read: it would only grow.
        heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'));
        }, heartbeatMs);
        life = setTimeout(() => watcher[Symbol.dispose](), lifeMs);
      },
      async pull(controller) {
        const block = await blocks.next();
        if (!block.done) return controller.enqueue(encoder.encode(block.value));
        end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}

async function* streamBlocks(options: AlertStreamOptions): AsyncGenerator<string> {
  const { watcher, readChanges, after, suppressed = 'false' } = options;
  const isShown = (changed: FeedChange): boolean => {
    const isSuppressed = 'alert' in changed && changed.alert.suppressedBy !== undefined;
    return suppressed === 'all' || isSuppressed === (suppressed === 'true');
  };
  let last = after;
  // An id without data: a client that saw no alert yet can still resume from here.
  yield `retry: ${reconnectMs}\nid: ${last}\n\n`;
  for (let page = await readChanges(last); page.length > 0; page = await readChanges(last)) {
    const shown = page.filter(isShown);
    if (shown.length > 0) yield shown.map(toBlock).join('');
    last = page.at(-1)?.change ?? last;
  }
  for (let batch = await watcher.next(); batch; batch = await watcher.next()) {
    const fresh = batch.filter((one) => (one.change === undefined || one.change > last) && isShown(one));
    if (fresh.length === 0) continue;
    yield fresh.map(toBlock).join('');
    last = fresh.findLast(({ change }) => change !== undefined)?.change ?? last;
  }
}

function toBlock(changed: FeedChange): string {
  const id = changed.change === undefined ? '' : `id: ${changed.change}\n`;
  const [event, data] = 'alert' in changed ? ['alert', changed.alert] : ['incident', changed.incident];
  return `${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

// Reads a stream of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html

export interface ServerSentEvent {
  /** `message` when the sender names none. */
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** An event longer than this breaks the stream: nothing that a hub sends is as long. */
const maxEventChars = 4 * 1024 * 1024;

export async function* readServerSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let held = '';
  let block: string[] = [];
  for await (const chunk of chunks) {
    held += decoder.decode(chunk, { stream: true });
    if (held.length > maxEventChars) throw new Error('an event of the stream is too long');
    const lines = held.split(/\r\n|\n|\r(?!$)/);
    held = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') block.push(line);
      else {
        const event = eventOf(block);
        block = [];
        if (event !== undefined) yield event;
      }
    }
  }
}

/** `undefined` for a block without data, such as the comments that keep a connection open. */
function eventOf(lines: readonly string[]): ServerSentEvent | undefined {
  const valuesOf = (name: string): string[] =>
    lines
      .filter((line) => line === name || line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  const data = valuesOf('data');
  const id = valuesOf('id').at(-1);
  if (data.length === 0) return undefined;
  return {
    event: valuesOf('event').at(-1) || 'message',
    data: data.join('\n'),
    ...(id === undefined ? {} : { id }),
  };
}

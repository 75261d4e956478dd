// What an answer that is no success says, within bounds.
import type { IncomingMessage } from 'node:http';

const maxBytes = 16 * 1024;

/** The message of a `Status` object, or the text as it is. */
export async function readAnswerMessage(answer: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      text += chunk.toString('latin1');
      if (text.length > maxBytes) answer.destroy();
    }
  } catch {
    // A cut answer says what it said until then.
  }
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    if (typeof message === 'string') return message.slice(0, 500);
  } catch {}
  return text.slice(0, 500).trim();
}

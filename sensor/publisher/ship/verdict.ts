// What the hub's answer to a batch means for the batch.
import { jsonOf, reasonOf, retryAfterMs } from '@yagura/agent';
import { BatchReceipt } from '@yagura/contracts';
import type { Response } from '@yagura/kit';
import Value from 'typebox/value';

export type Verdict =
  /** Durable at the hub; `receipt` is missing if the answer held none. */
  | { readonly is: 'done'; readonly receipt?: BatchReceipt }
  /** The hub cannot now: the same again later. */
  | { readonly is: 'later'; readonly reason: string; readonly afterMs?: number }
  | { readonly is: 'too-large'; readonly reason: string }
  /** Something in it is bad for good, as far as the hub can tell. */
  | { readonly is: 'refused'; readonly reason: string }
  /** Not the batch, but who sends it. */
  | { readonly is: 'distrusted'; readonly reason: string };

/** About the batch itself. Any other 4xx is about address or versions, and mends without the batch. */
const refusing = new Set([400, 409, 415, 422]);

/** How often a 500 is taken for a bad moment before it is taken for a bad batch: some minutes, with backoff. */
const internalErrorTries = 12;
/** A body can be cut on the way, so that one refusal may be chance. */
export const refusedTries = 3;

export function judge(response: Response, tries: number, now: number): Verdict {
  const { status } = response;
  if (status >= 200 && status < 300) {
    const receipt = jsonOf(response);
    return Value.Check(BatchReceipt, receipt) ? { is: 'done', receipt } : { is: 'done' };
  }
  const reason = reasonOf(response);
  if (status === 401 || status === 403) return { is: 'distrusted', reason };
  if (status === 413) return { is: 'too-large', reason };
  if (refusing.has(status) || (status === 500 && tries >= internalErrorTries))
    return { is: 'refused', reason };
  const afterMs = retryAfterMs(response, now);
  return { is: 'later', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}

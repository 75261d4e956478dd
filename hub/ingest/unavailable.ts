// Turns a failure of the store or the event log into the answer "come again"; refusals pass as they are.
import { AuthorityError } from '../authority/errors.ts';
import { IngestError } from './errors.ts';

const retryAfterS = 2;

export async function unavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof IngestError || error instanceof AuthorityError) throw error;
    throw new IngestError('UNAVAILABLE', undefined, { cause: error, retryAfterS });
  }
}

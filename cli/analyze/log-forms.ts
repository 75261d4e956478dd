// The clouds whose records `analyze` knows, beside those that an API server writes itself.
import { eksLog } from '@yagura/connector-aws';
import { aksLog } from '@yagura/connector-azure';
import { gkeLog } from '@yagura/connector-gcp';
import type { LogForm } from '@yagura/connector-kubernetes';

export const logForms: readonly LogForm[] = [aksLog, eksLog, gkeLog];

/** Files that are no JSON are made such by the form that knows them. */
export const toJson = (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  logForms.reduce((bytes, form) => form.toJson?.(bytes) ?? bytes, chunks);

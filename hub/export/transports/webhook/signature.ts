// The signature of a webhook: HMAC-SHA256 over time and body, so that neither can be changed or sent again later.
import { createHmac } from 'node:crypto';

/** `t=<seconds>,v1=<hex>` over `<seconds>.<body>`; a receiver refuses what is older than some minutes. */
export function signatureOf(body: string, key: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const mac = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

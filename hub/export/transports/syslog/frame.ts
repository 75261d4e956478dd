// A syslog message as RFC 5424 has it, and its frame on a stream as RFC 6587 has it.
import type { Severity } from '@yagura/contracts';
import type { OutgoingMessage } from '../../transport.ts';

/** Facility 10: security and authorization. */
const facility = 10;
const severities: Readonly<Record<Severity, number>> = {
  critical: 2,
  high: 3,
  medium: 4,
  low: 5,
  informational: 6,
};

const isPrintable = (character: string): boolean => character > ' ' && character <= '~';
/** Header fields are printable US-ASCII without spaces. */
const headerField = (text: string, limit: number): string =>
  Array.from(text).filter(isPrintable).join('').slice(0, limit) || '-';

export function syslogMessage(message: OutgoingMessage, host: string, nowMs: number): string {
  const priority = facility * 8 + severities[message.severity];
  const time = new Date(nowMs).toISOString();
  const [name, id] = [headerField(host, 255), headerField(message.change, 32)];
  return `<${priority}>1 ${time} ${name} yagura - ${id} - ${message.text}`;
}

/** Octets, a space, the message: no byte in it can end it. */
export function octetCounted(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${body.length} `), body]);
}

/** What fits into `maxBytes` of UTF-8, without half a character. */
export function cutUtf8(text: string, maxBytes: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return bytes;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

// What a standard stream is connected to; the C side is stream.h.
import type { Stream } from '@yagura/contracts';
import { arrayOf, defineStruct } from './layout.ts';

export const streamLayout = defineStruct('stream', {
  inode: 'u64',
  type: 'u32',
  family: 'u16',
  port: 'u16',
  address: arrayOf('u8', 16),
});

/** In the order of enum stream_type. */
const types = ['closed', 'file', 'pipe', 'socket', 'tty', 'null', 'other'] as const;
const ipv4 = 2;
const ipv6 = 10;

export function decodeStream(record: Buffer, base: number): Stream {
  const { at } = streamLayout;
  const type = types[record.readUInt32LE(base + at.type)] ?? 'other';
  if (type === 'closed') return { type };
  const inode = Number(record.readBigUInt64LE(base + at.inode));
  const peer = type === 'socket' ? decodePeer(record, base) : undefined;
  return { type, inode, ...(peer ? { peer } : {}) };
}

function decodePeer(record: Buffer, base: number): string | undefined {
  const { at } = streamLayout;
  const family = record.readUInt16LE(base + at.family);
  const port = record.readUInt16LE(base + at.port);
  const address = record.subarray(base + at.address, base + at.address + 16);
  // A listening or unconnected socket has no peer.
  if (port === 0) return undefined;
  if (family === ipv4) return `${formatIpv4(address)}:${port}`;
  if (family !== ipv6) return undefined;
  return isMappedIpv4(address)
    ? `${formatIpv4(address.subarray(12))}:${port}`
    : `[${formatIpv6(address)}]:${port}`;
}

const formatIpv4 = (bytes: Buffer): string => [...bytes.subarray(0, 4)].join('.');

const isMappedIpv4 = (bytes: Buffer): boolean =>
  bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff;

/** RFC 5952: the longest run of zeros becomes `::`. */
function formatIpv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  const runs = groups.join(':').match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const [before = '', after = ''] = splitOnce(groups.join(':'), longest);
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

function splitOnce(text: string, by: string): [string, string] {
  const match = new RegExp(`(^|:)${by}(?=:|$)`).exec(text);
  if (!match) return [text, ''];
  const start = match.index + (match[1]?.length ?? 0);
  return [text.slice(0, start), text.slice(start + by.length)];
}

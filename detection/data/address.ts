// Reads IP addresses and networks (CIDR) as numbers, so that they can be compared.
import { isIPv4, isIPv6 } from 'node:net';

export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface Network extends Address {
  /** Leading bits that count; all of them for a single address. */
  readonly prefix: number;
}

const joined = (parts: readonly bigint[], size: bigint): bigint =>
  parts.reduce((value, part) => (value << size) | part, 0n);

const parseV4 = (text: string): bigint =>
  BigInt(text.split('.').reduce((value, part) => value * 256 + Number(part), 0));

const wordsOf = (text: string): readonly bigint[] =>
  text === ''
    ? []
    : text.split(':').flatMap((word) => {
        if (!word.includes('.')) return [BigInt(`0x${word}`)];
        const value = parseV4(word);
        return [value >> 16n, value & 0xffffn];
      });

const wordCount = 8;
const mappedPrefix = 0xffffn;

function parseV6(text: string): Address {
  const [head = '', tail] = text.split('::', 2);
  const [left, right] = [wordsOf(head), wordsOf(tail ?? '')];
  const gap = Array.from({ length: wordCount - left.length - right.length }, () => 0n);
  const value = joined([...left, ...gap, ...right], 16n);
  // ::ffff:192.0.2.1 is how a dual-stack socket shows an IPv4 client.
  return value >> 32n === mappedPrefix ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bits: 32, value: parseV4(text) };
  return isIPv6(text) ? parseV6(text.replace(/%.*$/, '')) : undefined;
}

/** `192.0.2.0/24`, `2001:db8::/32`, or an address alone. */
export function parseNetwork(text: string): Network | undefined {
  const [host = '', length, ...rest] = text.split('/');
  const address = parseAddress(host);
  if (address === undefined || rest.length > 0) return undefined;
  if (length === undefined) return { ...address, prefix: address.bits };
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return prefix >= 0 && prefix <= address.bits ? { ...address, prefix } : undefined;
}

/** From one address to another, both of which belong to it. */
export interface AddressSpan {
  readonly bits: Address['bits'];
  readonly first: bigint;
  readonly last: bigint;
}

export function spanOfNetwork({ bits, value, prefix }: Network): AddressSpan {
  const hosts = BigInt(bits - prefix);
  const first = (value >> hosts) << hosts;
  return { bits, first, last: first + (1n << hosts) - 1n };
}

/** Undefined when they are of two kinds, or the last one comes before the first. */
export const spanBetween = (first: Address, last: Address): AddressSpan | undefined =>
  first.bits === last.bits && first.value <= last.value
    ? { bits: first.bits, first: first.value, last: last.value }
    : undefined;

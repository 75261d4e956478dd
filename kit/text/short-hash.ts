// Short stable ids out of longer text.
import { createHash } from 'node:crypto';

/** 80 bits of SHA-256 as 20 hexadecimal digits: a collision among a billion ids is a one in a million chance. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 20);

// Secrets that the hub gives out: random, shown once, kept as hashes.
import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits: guessing is hopeless, so that a fast hash is enough and nothing needs a salt. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

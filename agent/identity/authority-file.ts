// The certificate authority by which an agent knows its hub.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AgentError } from '../errors.ts';

/** PEM; throws AUTHORITY_UNREADABLE. */
export function readAuthority(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new AgentError('AUTHORITY_UNREADABLE', `${path}: ${(error as Error).message}`, { cause: error });
  }
}

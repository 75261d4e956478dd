// A new key and the request to have it certified; the key never leaves the agent.
import { generateKeyPairSync } from 'node:crypto';

export interface SigningRequest {
  /** PKCS#8, PEM. */
  readonly key: string;
  /** PKCS#10, PEM. */
  readonly csr: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** P-256: what every TLS stack, proxy and hardware module between node and hub understands. */
export async function createSigningRequest(name: string): Promise<SigningRequest> {
  // Loaded only here, once in the life of a certificate: the library takes more memory than all else of an agent.
  await import('reflect-metadata');
  const { cryptoProvider, Pkcs10CertificateRequestGenerator } = await import('@peculiar/x509');
  cryptoProvider.set(globalThis.crypto);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keys = {
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  };
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [name.slice(0, 64)] }],
    keys,
    signingAlgorithm: algorithm,
  });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    csr: request.toString('pem'),
  };
}

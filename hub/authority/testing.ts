// Signing requests as agents would make them, and as nobody should.
import type { webcrypto } from 'node:crypto';
import { ecdsaSha256, x509 } from './x509.ts';

export interface TestRequest {
  readonly csr: string;
  /** PKCS#8, PEM. */
  readonly key: string;
}

const algorithms = {
  'P-256': { generate: { name: 'ECDSA', namedCurve: 'P-256' }, signing: ecdsaSha256 },
  'P-384': { generate: { name: 'ECDSA', namedCurve: 'P-384' }, signing: ecdsaSha256 },
  Ed25519: { generate: { name: 'Ed25519' }, signing: { name: 'Ed25519' } },
  RSA: {
    generate: {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    signing: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  },
} as const;

export async function createRequest(options: {
  readonly algorithm: keyof typeof algorithms;
  readonly name?: string;
  /** Change the last byte of the signature. */
  readonly tamper?: boolean;
}): Promise<TestRequest> {
  const { generate, signing } = algorithms[options.algorithm];
  const keys = (await crypto.subtle.generateKey(generate, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: options.name ?? 'CN=test',
    keys,
    signingAlgorithm: signing,
  });
  const der = Buffer.from(request.rawData);
  if (options.tamper) der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    csr: x509.PemConverter.encode(der, 'CERTIFICATE REQUEST'),
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  };
}

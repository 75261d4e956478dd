// A key and a signing request, as an agent makes them to register.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const algorithm = { name: 'Ed25519' } as const;

export async function makeClientKey(): Promise<{ readonly csr: string; readonly key: string }> {
  const keys = (await crypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=bench',
    keys,
    signingAlgorithm: algorithm,
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { csr: request.toString('pem'), key: PemConverter.encode(pkcs8, 'PRIVATE KEY') };
}

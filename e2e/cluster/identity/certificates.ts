// The cluster's certificate authority, and what it signs: servers by name and address, clients by user and groups.
import 'reflect-metadata';
import { randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(globalThis.crypto);

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ecdsaSha256 = { name: 'ECDSA', hash: 'SHA-256' } as const;
const dayMs = 24 * 60 * 60 * 1000;

export interface Pem {
  readonly certificate: string;
  readonly key: string;
}

interface Signed {
  readonly subject: x509.JsonName;
  readonly names?: readonly string[];
  readonly usage: x509.ExtendedKeyUsage;
}

const span = (days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(Date.now() - 5 * 60 * 1000),
  notAfter: new Date(Date.now() + days * dayMs),
});

/** The first byte is 0x40–0x7f: a positive number of full length. */
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
};

const generateKey = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(p256, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

const keyPem = async (key: webcrypto.CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

/** A key pair as PEM, such as the one that signs the tokens of service accounts. */
export async function createKeyPair(): Promise<{ readonly key: string; readonly publicKey: string }> {
  const keys = await generateKey();
  const spki = await crypto.subtle.exportKey('spki', keys.publicKey);
  return { key: await keyPem(keys.privateKey), publicKey: x509.PemConverter.encode(spki, 'PUBLIC KEY') };
}

export async function createAuthority(): Promise<Pem> {
  const keys = await generateKey();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: ['kubernetes'] }],
    ...span(3650),
    signingAlgorithm: ecdsaSha256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await keyPem(keys.privateKey) };
}

/** `name` is another than the authority's, or the certificate would pass for one that signed itself. */
export const signServer = (authority: Pem, name: string, names: readonly string[]): Promise<Pem> =>
  sign(authority, {
    subject: [{ CN: [name] }],
    names,
    usage: x509.ExtendedKeyUsage.serverAuth,
  });

export const signClient = (authority: Pem, user: string, groups: readonly string[] = []): Promise<Pem> =>
  sign(authority, {
    subject: [...groups.map((group) => ({ O: [group] })), { CN: [user] }],
    usage: x509.ExtendedKeyUsage.clientAuth,
  });

async function sign(authority: Pem, { subject, names, usage }: Signed): Promise<Pem> {
  const keys = await generateKey();
  const issuer = new x509.X509Certificate(authority.certificate);
  const der = x509.PemConverter.decodeFirst(authority.key);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer.subjectName,
    ...span(365),
    signingAlgorithm: ecdsaSha256,
    signingKey: await crypto.subtle.importKey('pkcs8', der, p256, true, ['sign']),
    publicKey: keys.publicKey,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(names === undefined ? [] : [alternativeNames(names)]),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await keyPem(keys.privateKey) };
}

const alternativeNames = (names: readonly string[]): x509.Extension =>
  new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
  );

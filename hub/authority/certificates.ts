// The three kinds of certificates that the hub makes: its own root, the agents' port's, and one per agent.
import { randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { KeyedCertificate } from './key-file.ts';
import { ecdsaSha256, p256, x509 } from './x509.ts';

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Clocks of nodes differ; a certificate holds a little before it was made. */
const skewMs = 5 * 60 * 1000;

export const validity = (now: number, days: number): Validity => ({
  notBefore: new Date(now - skewMs),
  notAfter: new Date(now + days * dayMs),
});

/** 126 random bits; the first byte is 0x40–0x7f, so that DER adds no zero and the hex text has one form. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex').toUpperCase();
}

const generateKey = (): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(p256, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

export async function createRoot(workspace: string, span: Validity): Promise<KeyedCertificate> {
  const keys = await generateKey();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ O: ['Yagura'] }, { CN: [`Yagura workspace ${workspace}`] }],
    ...span,
    signingAlgorithm: ecdsaSha256,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, key: keys.privateKey };
}

/** For the agents' port; `names` are host names and addresses by which agents reach it. */
export async function createServerCertificate(
  root: KeyedCertificate,
  names: readonly string[],
  span: Validity,
): Promise<KeyedCertificate> {
  const keys = await generateKey();
  const certificate = await sign(root, {
    publicKey: await x509.PublicKey.create(keys.publicKey),
    subject: [{ O: ['Yagura'] }, { CN: ['yagura-hub'] }],
    span,
    extensions: [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
      ),
    ],
  });
  return { certificate, key: keys.privateKey };
}

const agentSubject = (agentId: string): string => `agent:${agentId}`;

export function createAgentCertificate(
  root: KeyedCertificate,
  agentId: string,
  key: { readonly publicKey: x509.PublicKey; readonly span: Validity },
): Promise<x509.X509Certificate> {
  return sign(root, {
    publicKey: key.publicKey,
    subject: [{ O: ['Yagura'] }, { CN: [agentSubject(agentId)] }],
    span: key.span,
    extensions: [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'url', value: `yagura://agent/${agentId}` }]),
    ],
  });
}

interface Leaf {
  readonly publicKey: x509.PublicKey;
  readonly subject: x509.JsonName;
  readonly span: Validity;
  readonly extensions: readonly x509.Extension[];
}

async function sign(root: KeyedCertificate, leaf: Leaf): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: leaf.subject,
    issuer: root.certificate.subjectName,
    ...leaf.span,
    signingAlgorithm: ecdsaSha256,
    signingKey: root.key,
    publicKey: leaf.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(leaf.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
      ...leaf.extensions,
    ],
  });
}

// A certificate authority for tests: the hub's server certificate, and client certificates out of signing requests.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(globalThis.crypto);
const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const generateKeys = () => crypto.subtle.generateKey(p256, true, ['sign', 'verify']);
const serialNumber = (): string => `4${randomBytes(8).toString('hex').slice(1)}`;

export interface TestAuthority {
  readonly certificate: string;
  readonly server: { readonly cert: string; readonly key: string };
  /** Throws if the request is not signed by its own key. */
  issue(csr: string, lifeMs: number): Promise<{ readonly certificate: string; readonly notAfter: Date }>;
}

export async function createTestAuthority(): Promise<TestAuthority> {
  const keys = await generateKeys();
  const span = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=test authority',
    ...span,
    signingAlgorithm: p256,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const sign = (
    publicKey: x509.PublicKeyType,
    subject: string,
    more: { notAfter: Date; extensions?: x509.Extension[] },
  ) =>
    x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject,
      issuer: root.subjectName,
      notBefore: span.notBefore,
      signingAlgorithm: p256,
      signingKey: keys.privateKey,
      publicKey,
      ...more,
    });
  const serverKeys = await generateKeys();
  const address = new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]);
  const server = await sign(serverKeys.publicKey, 'CN=hub', {
    notAfter: span.notAfter,
    extensions: [address],
  });
  const serverKey = Buffer.from(await crypto.subtle.exportKey('pkcs8', serverKeys.privateKey));
  return {
    certificate: root.toString('pem'),
    server: { cert: server.toString('pem'), key: x509.PemConverter.encode(serverKey, 'PRIVATE KEY') },
    async issue(csr, lifeMs) {
      const request = new x509.Pkcs10CertificateRequest(csr);
      if (!(await request.verify())) throw new Error('the request is not proven');
      const notAfter = new Date(Date.now() + lifeMs);
      const certificate = await sign(request.publicKey, 'CN=agent', { notAfter });
      return { certificate: certificate.toString('pem'), notAfter: certificate.notAfter };
    },
  };
}

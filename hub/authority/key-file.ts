// Keys and certificates as PEM files: written whole or not at all, keys readable by their owner alone.
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ecdsaSha256, p256, x509 } from './x509.ts';

export interface KeyedCertificate {
  readonly certificate: x509.X509Certificate;
  readonly key: CryptoKey;
}

/** Writes by way of a temporary file, so that a crash leaves the old file or the new one. */
export async function writePem(path: string, pem: string, mode: 0o600 | 0o644): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(pem);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
}

export async function keyToPem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** `undefined` where neither file exists; anything else that is wrong is thrown. */
export async function readKeyed(
  certificatePath: string,
  keyPath: string,
): Promise<KeyedCertificate | undefined> {
  const [certificatePem, keyPem] = await Promise.all([readIfThere(certificatePath), readIfThere(keyPath)]);
  if (certificatePem === undefined && keyPem === undefined) return undefined;
  if (certificatePem === undefined || keyPem === undefined)
    throw new Error(`${certificatePem === undefined ? certificatePath : keyPath} is missing`);
  const certificate = new x509.X509Certificate(certificatePem);
  const key = await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(keyPem), p256, true, [
    'sign',
  ]);
  await assertPair(certificate, key);
  return { certificate, key };
}

async function assertPair(certificate: x509.X509Certificate, key: CryptoKey): Promise<void> {
  const probe = randomBytes(16);
  const signature = await crypto.subtle.sign(ecdsaSha256, key, probe);
  const publicKey = await certificate.publicKey.export(p256, ['verify']);
  if (!(await crypto.subtle.verify(ecdsaSha256, publicKey, signature, probe)))
    throw new Error('the key does not belong to the certificate');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

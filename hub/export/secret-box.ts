// Seals the secrets of destinations, so that a copy of the database alone gives none of them away.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Secrets = Readonly<Record<string, string>>;

export interface SecretBox {
  /** Bound to `owner`: sealed text that is moved to another row cannot be opened. */
  seal(secrets: Secrets, owner: string): string;
  /** Throws when it was sealed with another key or for another owner. */
  open(sealed: string, owner: string): Secrets;
}

const cipher = 'aes-256-gcm';
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16];

/** `key` has 32 bytes. */
export const createSecretBox = (key: Buffer): SecretBox => ({
  seal(secrets, owner) {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(
      Buffer.from(owner),
    );
    const body = Buffer.concat([sealing.update(JSON.stringify(secrets), 'utf8'), sealing.final()]);
    return Buffer.concat([nonce, sealing.getAuthTag(), body]).toString('base64');
  },
  open(sealed, owner) {
    const bytes = Buffer.from(sealed, 'base64');
    const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const body = Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]);
    return JSON.parse(body.toString('utf8')) as Secrets;
  },
});

/** The key lies in the data folder, readable by its owner alone, and is made at the first start. */
export async function openSecretBox(keyFile: string): Promise<SecretBox> {
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  try {
    await writeFile(keyFile, randomBytes(keyBytes), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = await readFile(keyFile);
  if (key.length !== keyBytes) throw new Error(`${keyFile} is damaged: it must hold ${keyBytes} bytes`);
  return createSecretBox(key);
}

// The parser of certificate signing requests: takes the key and the proof that the sender holds it, and nothing else.
import { AuthorityError } from './errors.ts';
import { x509 } from './x509.ts';

const maxBytes = 8192;
const label = '-----BEGIN CERTIFICATE REQUEST-----';

/** The public key that the request proves to hold. Names asked for in it are ignored: the hub sets them. */
export async function readSigningRequest(pem: string): Promise<x509.PublicKey> {
  const request = decode(pem);
  if (!isAllowedKey(request.publicKey)) throw new AuthorityError('REQUEST_KEY_NOT_ALLOWED');
  if (!(await isProven(request))) throw new AuthorityError('REQUEST_NOT_PROVEN');
  return request.publicKey;
}

function decode(pem: string): x509.Pkcs10CertificateRequest {
  if (pem.length > maxBytes) throw new AuthorityError('REQUEST_UNREADABLE', `longer than ${maxBytes} bytes`);
  if (!pem.trimStart().startsWith(label)) throw new AuthorityError('REQUEST_UNREADABLE');
  try {
    const request = new x509.Pkcs10CertificateRequest(pem);
    // The library decodes the key lazily; a broken one shall be found here.
    request.publicKey.algorithm;
    return request;
  } catch (cause) {
    throw new AuthorityError('REQUEST_UNREADABLE', undefined, { cause });
  }
}

function isAllowedKey(key: x509.PublicKey): boolean {
  const algorithm: { readonly name: string; readonly namedCurve?: string } = key.algorithm;
  if (algorithm.name === 'Ed25519') return true;
  return algorithm.name === 'ECDSA' && algorithm.namedCurve === 'P-256';
}

async function isProven(request: x509.Pkcs10CertificateRequest): Promise<boolean> {
  try {
    return await request.verify();
  } catch {
    return false;
  }
}

// Names in the subject of a certificate request, found by their object identifiers.

const organisation = Buffer.from('060355040a', 'hex');
const commonName = Buffer.from('0603550403', 'hex');
/** Requests have one or two kilobytes. */
const sizeLimit = 32 * 1024;
const valueLimit = 16;

/** DER of what Kubernetes carries: base64 of PEM, which is base64 again. */
function derOf(request: string): Buffer {
  const pem = Buffer.from(request.slice(0, sizeLimit), 'base64').toString('latin1');
  const [, body = ''] = pem.split(/-----[A-Z ]{1,40}-----/, 2);
  return Buffer.from(body, 'base64');
}

/** The string that follows each identifier: tag, length of one byte, text. */
function valuesAfter(der: Buffer, identifier: Buffer): readonly string[] {
  const values: string[] = [];
  for (let at = der.indexOf(identifier); at >= 0; at = der.indexOf(identifier, at + 1)) {
    const start = at + identifier.length;
    const length = der[start + 1] ?? 0;
    if (length < 0x80 && values.length < valueLimit)
      values.push(der.subarray(start + 2, start + 2 + length).toString('utf8'));
  }
  return values;
}

export interface CertificateSubject {
  readonly commonNames: readonly string[];
  readonly organisations: readonly string[];
}

/** `request` as in `spec.request` of a CertificateSigningRequest. Finds nothing in what is no such request. */
export function certificateSubject(request: string): CertificateSubject {
  const der = derOf(request);
  return { commonNames: valuesAfter(der, commonName), organisations: valuesAfter(der, organisation) };
}

// Who this agent is to the hub: key, certificate, and when to renew it.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { IssuedCertificate } from '@yagura/contracts';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';

const Stored = Type.Object({
  agentId: Type.String(),
  workspace: Type.String(),
  name: Type.String(),
  key: Type.String({ description: 'PKCS#8, PEM' }),
  certificate: Type.String(),
  authority: Type.String(),
  notAfter: Type.Number({ description: 'milliseconds since the epoch' }),
  renewAt: Type.Number({ description: 'milliseconds since the epoch' }),
});
export type Identity = Readonly<Static<typeof Stored>>;

export interface Owner {
  readonly workspace: string;
  readonly name: string;
}

/** Between 60 and 2/3 of the life, so that nodes that registered together do not renew together. */
const renewFrom = 0.6;
const renewUntil = 2 / 3;

export interface Issue {
  readonly issued: IssuedCertificate;
  readonly key: string;
  readonly owner: Owner;
  readonly now: number;
  readonly random?: () => number;
}

/** Throws if the certificate is unreadable or does not belong to the key. */
export function toIdentity({ issued, key, owner, now, random = Math.random }: Issue): Identity {
  const certificate = new X509Certificate(issued.certificate);
  if (!certificate.checkPrivateKey(createPrivateKey(key)))
    throw new Error('the certificate is not for our key');
  const notAfter = certificate.validToDate.getTime();
  // From now, not from notBefore: hubs date certificates back a little, for nodes whose clocks are behind.
  const lifeMs = Math.max(0, notAfter - now);
  const renewAt = now + lifeMs * (renewFrom + random() * (renewUntil - renewFrom));
  const { agentId, authority } = issued;
  return { ...owner, agentId, key, certificate: issued.certificate, authority, notAfter, renewAt };
}

/** From what was stored; `undefined` if it is damaged. */
function parseIdentity(text: string): Identity | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!Value.Check(Stored, value)) return undefined;
    const matches = new X509Certificate(value.certificate).checkPrivateKey(createPrivateKey(value.key));
    return matches ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The same, and `undefined` where it belongs to another workspace or name. */
export function identityFor(text: string, { workspace, name }: Owner): Identity | undefined {
  const identity = parseIdentity(text);
  return identity?.workspace === workspace && identity.name === name ? identity : undefined;
}

export type NextStep =
  | { readonly do: 'register' }
  | { readonly do: 'renew' }
  | { readonly do: 'wait'; readonly ms: number };

/** Clocks may be set while we sleep, so that no wait is longer than this. */
const longestWaitMs = 60_000;

export function nextStep(identity: Identity | undefined, now: number): NextStep {
  if (!identity || now >= identity.notAfter) return { do: 'register' };
  if (now >= identity.renewAt) return { do: 'renew' };
  return { do: 'wait', ms: Math.min(longestWaitMs, identity.renewAt - now) };
}

// How a node or a cluster gets its own client certificate from a workspace.
import Type, { type Static } from 'typebox';
import { literals } from '../literals.ts';

export const AgentRole = literals(['node', 'cluster']);
export type AgentRole = Static<typeof AgentRole>;

export const RegistrationRequest = Type.Object({
  workspace: Type.String({ minLength: 1, maxLength: 64 }),
  token: Type.String({ minLength: 16, maxLength: 256 }),
  role: AgentRole,
  name: Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$' }),
  cluster: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
  csr: Type.String({ minLength: 1, maxLength: 8192, description: 'PKCS#10, PEM, P-256 or Ed25519' }),
});
export type RegistrationRequest = Static<typeof RegistrationRequest>;

/** The hub ignores names asked for in a renewal's CSR: the new certificate is for the same agent as the old one. */
export const RenewalRequest = Type.Object({ csr: Type.String({ minLength: 1, maxLength: 8192 }) });
export type RenewalRequest = Static<typeof RenewalRequest>;

export const IssuedCertificate = Type.Object({
  agentId: Type.String(),
  certificate: Type.String({ description: 'PEM, leaf first' }),
  authority: Type.String({ description: "PEM of the hub's certificate authority" }),
  notAfter: Type.String(),
});
export type IssuedCertificate = Static<typeof IssuedCertificate>;

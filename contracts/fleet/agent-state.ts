// The states of whoever registers with the hub.
import type { Static } from 'typebox';
import { literals } from '../literals.ts';

export const AgentState = literals(['connecting', 'connected', 'offline', 'expired', 'revoked']);
export type AgentState = Static<typeof AgentState>;

// The colour of a node's or a cluster's state.
import type { AgentState } from '@yagura/contracts';
import type { Tone } from '../../parts/state-dot.tsx';

export const stateTone: Readonly<Record<AgentState, Tone>> = {
  connecting: 'idle',
  connected: 'good',
  offline: 'bad',
  expired: 'bad',
  revoked: 'idle',
};

// What a rule costs, and where it is from, in words.
import type { HubRule, RuleCost } from '@yagura/contracts';

/** Time is a sample of one event in 128: nothing measured is not nothing spent. */
export const timeText = (microseconds: number): string => {
  if (microseconds === 0) return 'not measured yet';
  if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
  return microseconds < 1_000_000
    ? `${(microseconds / 1000).toFixed(1)} ms`
    : `${(microseconds / 1_000_000).toFixed(1)} s`;
};

export const costText = ({ seen, microseconds }: RuleCost): string =>
  seen === 0 || microseconds === 0
    ? timeText(0)
    : `${timeText(microseconds)}, ${timeText(microseconds / seen)} an event`;

export const originWords: Record<HubRule['origin'], string> = {
  builtin: 'built in',
  folder: 'folder',
  hub: 'hub',
};

/** Blind: it can never fire, or has fields that no event here has. */
export function stateWords({
  stale,
  enabled,
  notice,
}: Pick<HubRule, 'stale' | 'enabled' | 'notice'>): string {
  if (stale !== undefined) return 'stale';
  if (!enabled) return 'off';
  return notice === undefined ? 'on' : 'blind';
}

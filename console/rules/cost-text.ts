// What a rule costs, and where it is from, in words.
import type { HubRule, RuleCost } from '@yagura/contracts';

export const timeText = (microseconds: number): string => {
  if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
  return microseconds < 1_000_000
    ? `${(microseconds / 1000).toFixed(1)} ms`
    : `${(microseconds / 1_000_000).toFixed(1)} s`;
};

export const costText = ({ seen, microseconds }: RuleCost): string =>
  seen === 0 ? 'none' : `${timeText(microseconds)}, ${timeText(microseconds / seen)} an event`;

export const originWords: Record<HubRule['origin'], string> = {
  builtin: 'built in',
  folder: 'folder',
  hub: 'hub',
};

export const stateWords = ({ stale, enabled }: Pick<HubRule, 'stale' | 'enabled'>): string =>
  stale === undefined ? (enabled ? 'on' : 'off') : 'stale';

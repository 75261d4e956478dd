// Times of an event in the forms that Falco has them in.

const nanoseconds = 1_000_000_000;

/** Since 1970; nothing for what is no time. */
export function secondsOf(time: string): number | undefined {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

/** Digits behind the second, as nanoseconds. */
export const fractionOf = (time: string): number =>
  Number((/\.(\d{1,9})/.exec(time)?.[1] ?? '').padEnd(9, '0'));

/** Larger than 2^53: the last digits are rounded. */
export function rawTime(time: string): number | undefined {
  const seconds = secondsOf(time);
  return seconds === undefined ? undefined : seconds * nanoseconds + fractionOf(time);
}

/** `2026-05-04T10:00:00.123Z` without what is behind the second. */
export const wholeSecond = (time: string): string => time.replace(/\.\d+/, '');

// Times of alerts as milliseconds since the epoch.

/** Undefined for what is no time: an event's time is what its sender says. */
export function formatTime(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

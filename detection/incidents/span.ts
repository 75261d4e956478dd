// A stretch of time, in milliseconds since the epoch, both ends included.

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Time between two stretches; 0 where they touch. */
export const distanceMs = (a: Span, b: Span): number => Math.max(0, a.fromMs - b.toMs, b.fromMs - a.toMs);

export const spanOver = (a: Span, b: Span): Span => ({
  fromMs: Math.min(a.fromMs, b.fromMs),
  toMs: Math.max(a.toMs, b.toMs),
});

export const lengthMs = ({ fromMs, toMs }: Span): number => toMs - fromMs;

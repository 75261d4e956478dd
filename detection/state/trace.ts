// The steps of a sequence that one key was seen to take, in the order of their times.
import type { Hit } from './find-chain.ts';

export interface SeenStep extends Hit {
  readonly occurrenceId: string;
  /** The event in a line. */
  readonly told: string;
  isReported: boolean;
}

export interface Trace {
  steps: SeenStep[];
  latestMs: number;
}

/** Events of one key; steps are rare by their nature. */
const stepLimit = 64;

/** False where another step had to go for it. */
export function addStep(trace: Trace, step: SeenStep, sinceMs: number): boolean {
  trace.steps = trace.steps.filter(({ timeMs }) => timeMs >= sinceMs);
  const isFull = trace.steps.length >= stepLimit;
  if (isFull) trace.steps.shift();
  let at = trace.steps.length;
  while (at > 0 && (trace.steps[at - 1]?.timeMs ?? 0) > step.timeMs) at -= 1;
  trace.steps.splice(at, 0, step);
  return !isFull;
}

export const saveTrace = ([key, { latestMs, steps }]: [string, Trace]): unknown => ({
  ...{ key, latestMs },
  steps: steps.map((step) => [step.timeMs, step.steps, step.occurrenceId, step.told, step.isReported]),
});

export function loadTrace(saved: unknown): readonly [string, Trace] | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { key, latestMs, steps } = saved as Record<string, unknown>;
  if (typeof key !== 'string' || typeof latestMs !== 'number' || !Array.isArray(steps)) return undefined;
  return [key, { latestMs, steps: steps.slice(0, stepLimit).flatMap(loadStep) }];
}

function loadStep(saved: unknown): readonly SeenStep[] {
  const [timeMs, steps, occurrenceId, told, isReported]: readonly unknown[] = Array.isArray(saved)
    ? saved
    : [];
  if (typeof timeMs !== 'number' || typeof steps !== 'number') return [];
  if (typeof occurrenceId !== 'string' || typeof told !== 'string') return [];
  return [{ timeMs, steps, occurrenceId, told, isReported: isReported === true }];
}

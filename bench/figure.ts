// One measured figure beside its limit, and how it is shown.

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What could be reached at the best, measured in the same run, in the same unit. */
  readonly reference?: number;
  /** value / reference */
  readonly ratio?: number;
}

export const besideLimit = (name: string, unit: string, value: number, reference: number): Figure => ({
  name,
  value: Math.round(value),
  unit,
  reference: Math.round(reference),
  ratio: Number((value / reference).toFixed(3)),
});

export function formatFigure({ name, value, unit, reference, ratio }: Figure): string {
  const limit =
    reference === undefined
      ? ''
      : `  of ${reference.toLocaleString('en')} (${Math.round((ratio ?? 0) * 100)} %)`;
  return `${name.padEnd(52)} ${value.toLocaleString('en').padStart(12)} ${unit}${limit}`;
}

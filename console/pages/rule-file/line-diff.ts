// What changed between two texts, line by line.

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Cells of the table that finds the longest common lines; texts that differ in more are shown as replaced. */
const cellLimit = 4_000_000;

const lines = (kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] =>
  texts.map((text) => ({ kind, text }));

/** lengths[i][j]: of the longest common lines of what follows i in `before` and j in `after`. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const lengths = before.map(() => new Uint32Array(after.length + 1));
  lengths.push(new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const [row, below] = [lengths[i] as Uint32Array, lengths[i + 1] as Uint32Array];
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return lengths;
}

function middleDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length * after.length > cellLimit)
    return [...lines('removed', before), ...lines('added', after)];
  const lengths = commonLengths(before, after);
  const found: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const text = before[i] ?? '';
    if (text === after[j]) {
      found.push({ kind: 'same', text });
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) {
      found.push({ kind: 'removed', text });
      i += 1;
    } else {
      found.push({ kind: 'added', text: after[j] ?? '' });
      j += 1;
    }
  }
  return [...found, ...lines('removed', before.slice(i)), ...lines('added', after.slice(j))];
}

export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return [
    ...lines('same', old.slice(0, start)),
    ...middleDiff(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...lines('same', old.slice(old.length - end)),
  ];
}

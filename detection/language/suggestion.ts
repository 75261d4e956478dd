// "Did you mean": the known word nearest to a mistyped one.

/** Letters that must change from one word to the other, or `limit` when there are as many or more. */
function distance(from: string, to: string, limit: number): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= to.length; j += 1) {
      const cost = from.charCodeAt(i - 1) === to.charCodeAt(j - 1) ? 0 : 1;
      const steps = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      row.push(steps);
      if (steps < least) least = steps;
    }
    // No later row is better than the best of this one.
    if (least >= limit) return limit;
    previous = row;
  }
  return previous[to.length] ?? 0;
}

const longestWord = 64;

/** Those that few letters tell apart from it, the nearest first. */
export function nearestWords(word: string, known: Iterable<string>): readonly string[] {
  if (word.length > longestWord) return [];
  const written = word.toLowerCase();
  const limit = Math.max(2, Math.ceil(word.length / 4)) + 1;
  const near: { readonly candidate: string; readonly steps: number }[] = [];
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= limit) continue;
    const steps = distance(written, candidate.toLowerCase(), limit);
    if (steps < limit) near.push({ candidate, steps });
  }
  return near.toSorted((a, b) => a.steps - b.steps).map(({ candidate }) => candidate);
}

/** ` – did you mean "x"?`, or nothing when no word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const [best] = nearestWords(word, known);
  return best === undefined ? '' : ` – did you mean "${best}"?`;
}

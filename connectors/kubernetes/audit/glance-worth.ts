// Whether records are worth a look before they are parsed: not while nearly all of them turn out to be wanted.

/** So many are looked at, and if too few of them are ruled out, so many are not. */
const sample = 64;
const unlooked = 3 * sample;
/** A look takes about a quarter of the time that parsing and normalising take. */
const leastRuledOut = sample / 4;

export class GlanceWorth {
  #looked = 0;
  #ruledOut = 0;
  #unlooked = 0;

  /** Of the next record, once. */
  isWorthIt(): boolean {
    if (this.#unlooked === 0) return true;
    this.#unlooked -= 1;
    return false;
  }

  /** What a look at a record told. */
  note(isRuledOut: boolean): void {
    this.#looked += 1;
    if (isRuledOut) this.#ruledOut += 1;
    if (this.#looked < sample) return;
    if (this.#ruledOut < leastRuledOut) this.#unlooked = unlooked;
    this.#looked = 0;
    this.#ruledOut = 0;
  }

  /** Records are not what they were taken for: looking begins again. */
  reset(): void {
    this.#unlooked = 0;
  }
}

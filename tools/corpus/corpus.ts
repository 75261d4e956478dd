// The shape of a corpus: cases that others wrote and that stay outside of the repository.

export interface CaseResult {
  readonly id: string;
  /** What came out otherwise; nothing when the case is right. */
  readonly miss?: string;
}

export interface CorpusReport {
  readonly results: readonly CaseResult[];
  /** Cases that are about the engine that they were written for. */
  readonly leftOut: number;
}

export interface Corpus {
  readonly name: string;
  readonly what: string;
  readonly run: (folder: string) => Promise<CorpusReport>;
}
